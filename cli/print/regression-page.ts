import { print } from "../../src/expr/text/index.ts";
import { formatNumber } from "../../src/figure/index.ts";
import { format, numberColumn, tableLines, textColumn } from "../../src/report/index.ts";
import { regressions, type StrdProblem } from "../../src/surfaces/index.ts";

type Regression = (typeof regressions)[number];

/** NIST's regressions, one a line. */
export const regressionLines = (): string[] =>
  tableLines(
    [
      textColumn("name", ({ name }: Regression) => name.toLowerCase()),
      textColumn("model", ({ title }: Regression) => title),
      numberColumn("parameters", ({ parameters }: Regression) => parameters, format.count),
      numberColumn("data", ({ observations }: Regression) => observations, format.count),
      textColumn("difficulty", ({ difficulty }: Regression) => difficulty),
    ],
    regressions,
  );

/** Everything that is known of a regression. */
export const plainRegression = ({
  name,
  title,
  parameters,
  starts,
  certified,
  difficulty,
  source,
  ...problem
}: StrdProblem) => ({
  ...{
    name,
    title,
    formula: modelText(problem),
    parameters,
    observations: problem.count,
    difficulty,
    starts,
    certified,
    source,
  },
});

/** A regression with its model, its starts and its certified numbers. */
export function regressionPage(problem: StrdProblem): string {
  const { name, title, parameters, starts, certified, difficulty, source, count: observations } = problem;
  const rows = parameters.map((parameter, j) => ({
    parameter,
    starts: starts.map((start) => start[j]),
    certified: certified.parameters[j],
    deviation: certified.standardDeviations[j],
  }));
  type Row = (typeof rows)[number];
  const columns = [
    textColumn("parameter", ({ parameter }: Row) => parameter),
    ...starts.map((_, i) => numberColumn(`start${i + 1}`, (row: Row) => row.starts[i], format.coordinate)),
    numberColumn("certified", ({ certified: number }: Row) => number, String),
    numberColumn("± deviation", ({ deviation }: Row) => deviation, formatNumber),
  ];
  return [
    title,
    source,
    "",
    `  ${modelText(problem)}`,
    "",
    ...tableLines(columns, rows),
    "",
    `${format.count(observations)} observations; the least sum of squares is ${certified.residualSumOfSquares}. Difficulty: ${difficulty}.`,
    `A fit: downhill minimize ${name.toLowerCase()}`,
    "",
  ].join("\n");
}

const modelText = ({ model }: Pick<StrdProblem, "model">): string =>
  `${print(model.response)} = ${print(model.prediction)}`;
