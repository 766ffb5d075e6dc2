import { constant, type Expr, grad, input, jvp, sizeOf } from "../expr/index.ts";
import type { LeastSquares } from "../surfaces/index.ts";
import { compileExpressions } from "./compile-expressions.ts";
import type { Residuals } from "./objective.ts";

/** A result and where it goes in the output: its first index, and the stride between its elements. */
interface Output {
  readonly value: Expr;
  readonly from: number;
  readonly stride: number;
}

/** The most results of one compiled function; more would make compiling slow. */
const MOST_RESULTS = 1024;

/** Compiles a problem's residuals and their derivatives: straight-line code, and one loop over the data. */
export function residualsOf(problem: LeastSquares): Residuals {
  const { name, parameters, count, residuals } = problem;
  const dimension = parameters.length;
  const w = parameters.map((parameter) => input(parameter));
  const values: Output[] = [];
  const slopes: Output[] = [];
  let row = 0;
  for (const value of residuals) {
    values.push({ value, from: row, stride: 1 });
    for (const [j, slope] of slopesOf(value, w).entries())
      slopes.push({ value: slope, from: row * dimension + j, stride: dimension });
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

/** The derivatives of a scalar, or of each element of a vector, with respect to each parameter. */
const slopesOf = (value: Expr, w: readonly Expr[]): Expr[] =>
  value.shape.length === 0 ? grad(value, w) : w.map((parameter) => jvp(value, [parameter], [constant(1)]));

/** A function of the parameters that writes all results to their places. */
function writer(problem: LeastSquares, outputs: readonly Output[]): (w: Float64Array, out: Float64Array) => void {
  const writers: ReturnType<typeof oneWriter>[] = [];
  for (let first = 0; first < outputs.length; first += MOST_RESULTS)
    writers.push(oneWriter(problem, outputs.slice(first, first + MOST_RESULTS)));
  return (w, out) => {
    for (const write of writers) write(w, out);
  };
}

function oneWriter(problem: LeastSquares, outputs: readonly Output[]): (w: Float64Array, out: Float64Array) => void {
  const { run, numbers, vectors } = compileExpressions(
    problem,
    outputs.map(({ value }) => value),
  );
  const ofNumbers = outputs.filter(({ value }) => value.shape.length === 0);
  const ofVectors = outputs.filter(({ value }) => value.shape.length > 0);
  return (w, out) => {
    run(w);
    for (let i = 0; i < ofNumbers.length; i++) out[ofNumbers[i].from] = numbers[i];
    for (const [i, { from, stride }] of ofVectors.entries())
      for (let k = 0; k < vectors[i].length; k++) out[from + k * stride] = vectors[i][k];
  };
}
