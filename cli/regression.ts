import { print } from "../src/expr/text/index.ts";
import { formatNumber } from "../src/figure/index.ts";
import { regressions, type StrdProblem } from "../src/surfaces/index.ts";
import { tableLines } from "./table.ts";
import { count } from "./words.ts";

const left = (title: string) => ({ title, align: "left" as const });
const right = (title: string) => ({ title, align: "right" as const });

/** NIST's regressions, one a line. */
export const regressionLines = (): string[] =>
  tableLines({
    columns: [left("name"), left("what is fitted"), right("parameters"), right("data"), left("difficulty")],
    rows: regressions.map(({ name, title, parameters, observations, difficulty }) => [
      name.toLowerCase(),
      title,
      String(parameters),
      String(observations),
      difficulty,
    ]),
  });

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
  const table = tableLines({
    columns: [
      left("parameter"),
      ...starts.map((_, i) => right(`start${i + 1}`)),
      right("certified"),
      right("± deviation"),
    ],
    rows: parameters.map((parameter, j) => [
      parameter,
      ...starts.map((start) => formatNumber(start[j], 6)),
      String(certified.parameters[j]),
      formatNumber(certified.standardDeviations[j], 4),
    ]),
  });
  return [
    title,
    source,
    "",
    `  ${modelText(problem)}`,
    "",
    ...table,
    "",
    `${count(observations)} observations; the least sum of squares is ${certified.residualSumOfSquares}. Difficulty: ${difficulty}.`,
    `A fit: downhill minimize ${name.toLowerCase()}`,
    "",
  ].join("\n");
}

const modelText = ({ model }: Pick<StrdProblem, "model">): string =>
  `${print(model.response)} = ${print(model.prediction)}`;
