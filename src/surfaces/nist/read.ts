import { someOf } from "../../arguments/index.ts";
import type { Expr } from "../../expr/index.ts";
import { sub } from "../../expr/operators/index.ts";
import { type LeastSquares, problem, scopeOf } from "../least-squares.ts";
import { Lines } from "./lines.ts";
import { type RegressionModel, readModel } from "./model.ts";

/** A nonlinear regression of NIST's Statistical Reference Datasets, with the answers that NIST certifies to 11 digits. */
export interface StrdProblem extends LeastSquares {
  /** NIST's grade. */
  readonly difficulty: "lower" | "average" | "higher";
  /** The name of the response's column. */
  readonly observed: string;
  /** The response, such as y or log(y), and the prediction. The residuals are their difference. */
  readonly model: RegressionModel;
  /** The answers, to compare a fit with. */
  readonly certified: Certified;
}

/** A regression's answers as NIST certifies them, to 11 digits. */
export interface Certified {
  /** The n parameters at the minimum. */
  readonly parameters: readonly number[];
  /** The standard deviations of the estimated parameters, n values. */
  readonly standardDeviations: readonly number[];
  /** Σ rᵢ² at the minimum. */
  readonly residualSumOfSquares: number;
  /** √(residual sum of squares / degrees of freedom). */
  readonly residualStandardDeviation: number;
  /** Observations minus parameters. */
  readonly degreesOfFreedom: number;
}

/**
 * Reads a file in NIST's format: model, data, two starts and certified values. Throws a SyntaxError that names the line if a
 * part is missing or malformed. https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml
 */
export function readStrd(text: string): StrdProblem {
  const lines = new Lines(text);
  const name = lines.at(lines.find(/^Dataset Name:\s*\S/i, "Dataset Name")).split(/\s+/)[2];
  const { certified, parameters, starts, heading } = readParameters(lines);
  const { data, observed } = readData(lines);
  const names = scopeOf(parameters, data);
  const model = readModel(lines, lines.find(/^Model:/i, "Model") + 1, heading - 1, names);
  return {
    ...problem({
      name,
      title: `${name} (NIST StRD)`,
      parameters,
      data,
      residuals: [residualOf(model, names)],
      starts,
      minima: [{ value: certified.residualSumOfSquares, at: certified.parameters }],
      source: `NIST/ITL Statistical Reference Datasets, nonlinear regression, ${name}`,
    }),
    difficulty: readDifficulty(lines),
    observed,
    model,
    certified,
  };
}

/** The residual, as a vector over the data. Throws if the model does not use the data. */
function residualOf({ response, prediction }: RegressionModel, names: ReadonlyMap<string, Expr>): Expr {
  const residual = sub(response, prediction);
  if (residual.shape.length === 1) return residual;
  throw new SyntaxError(`the model does not refer to the data; it can use ${someOf([...names.keys()])}`);
}

/** Reads the table "Starting values | Certified values", one line for each parameter, and the values below it. */
function readParameters(lines: Lines) {
  const heading = lines.find(/starting values\s+certified values/i, "the table of starting and certified values");
  const first = lines.find(/^\s*\w+\s*=/, "a line such as b1 = …", heading);
  const rows: { readonly name: string; readonly values: readonly number[] }[] = [];
  for (let line = first; /^\s*\w+\s*=/.test(lines.at(line)); line++) {
    const [name, numbers] = lines.at(line).split("=", 2);
    const what = "start 1, start 2, certified value, standard deviation";
    rows.push({ name: name.trim(), values: lines.numbers(line, numbers, 4, what) });
  }
  const column = (k: number): number[] => rows.map(({ values }) => values[k]);
  return {
    heading,
    parameters: rows.map(({ name }) => name),
    starts: [column(0), column(1)],
    certified: {
      parameters: column(2),
      standardDeviations: column(3),
      residualSumOfSquares: lines.numberAfter("Residual Sum of Squares"),
      residualStandardDeviation: lines.numberAfter("Residual Standard Deviation"),
      degreesOfFreedom: lines.numberAfter("Degrees of Freedom"),
    },
  };
}

/** Reads the data columns at the end, under their names; the first is the response. */
function readData(lines: Lines): { data: Record<string, Float64Array>; observed: string } {
  const count = lines.numberAfter("Number of Observations");
  const heading = lines.find(/^Data:(\s+[A-Za-z]\w*)+$/, "the heading of the data, such as Data: y x");
  const names = lines.at(heading).split(/\s+/).slice(1);
  const rows: number[][] = [];
  for (let line = heading + 1; lines.at(line).trim() !== ""; line++)
    rows.push(lines.numbers(line, lines.at(line), names.length, names.join(", ")));
  if (rows.length !== count)
    throw new SyntaxError(`the file announces ${count} observations, but has ${rows.length} below line ${heading}`);
  const columns = names.map((name, k) => [name, Float64Array.from(rows, (row) => row[k])] as const);
  return { data: Object.fromEntries(columns), observed: names[0] };
}

function readDifficulty(lines: Lines): StrdProblem["difficulty"] {
  const line = lines.at(lines.find(/level of difficulty/i, "the level of difficulty")).toLowerCase();
  return line.includes("lower") ? "lower" : line.includes("higher") ? "higher" : "average";
}
