import { constant, type Expr, grad, input, jvp, sizeOf } from "../expr/index.ts";
import type { LeastSquares } from "../surfaces/index.ts";
import { compiled } from "./compiled.ts";
import type { Residuals } from "./objective.ts";

/** A result, and its place: the first of the numbers that it fills, and how far they are apart. */
interface Part {
  readonly value: Expr;
  readonly from: number;
  readonly apart: number;
}

/** Results of one compiled function; more would make compiling slow. */
const MOST_RESULTS = 1024;

/** The residuals of a problem compiled, with their derivatives: straight-line code, and one loop over the data. */
export function residualsOf(problem: LeastSquares): Residuals {
  const { name, parameters, count, residuals } = problem;
  const dimension = parameters.length;
  const w = parameters.map((parameter) => input(parameter));
  const values: Part[] = [];
  const slopes: Part[] = [];
  let row = 0;
  for (const value of residuals) {
    values.push({ value, from: row, apart: 1 });
    for (const [j, slope] of slopesOf(value, w).entries())
      slopes.push({ value: slope, from: row * dimension + j, apart: dimension });
    row += sizeOf(value.shape);
  }
  const [valuesOf, jacobianOf] = [writer(problem, values), writer(problem, slopes)];
  return {
    name,
    dimension,
    count,
    residuals: valuesOf,
    residualsAndJacobian: (at, r, jacobian) => {
      valuesOf(at, r);
      jacobianOf(at, jacobian);
    },
  };
}

/** The derivative of a number, or of each number of a vector, by each parameter. */
const slopesOf = (value: Expr, w: readonly Expr[]): Expr[] =>
  value.shape.length === 0 ? grad(value, w) : w.map((parameter) => jvp(value, [parameter], [constant(1)]));

/** A function of the parameters that writes all parts to their places. */
function writer(problem: LeastSquares, parts: readonly Part[]): (w: Float64Array, out: Float64Array) => void {
  const writers: ReturnType<typeof oneWriter>[] = [];
  for (let first = 0; first < parts.length; first += MOST_RESULTS)
    writers.push(oneWriter(problem, parts.slice(first, first + MOST_RESULTS)));
  return (w, out) => {
    for (const write of writers) write(w, out);
  };
}

function oneWriter(problem: LeastSquares, parts: readonly Part[]): (w: Float64Array, out: Float64Array) => void {
  const { run, numbers, vectors } = compiled(
    problem,
    parts.map(({ value }) => value),
  );
  const ofNumbers = parts.filter(({ value }) => value.shape.length === 0);
  const ofVectors = parts.filter(({ value }) => value.shape.length > 0);
  return (w, out) => {
    run(w);
    for (let i = 0; i < ofNumbers.length; i++) out[ofNumbers[i].from] = numbers[i];
    for (const [i, { from, apart }] of ofVectors.entries())
      for (let k = 0; k < vectors[i].length; k++) out[from + k * apart] = vectors[i][k];
  };
}
