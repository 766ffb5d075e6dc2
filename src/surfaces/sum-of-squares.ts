import { add, pow, sum } from "../expr/operators/index.ts";
import type { LeastSquares } from "./least-squares.ts";
import type { Surface } from "./surface.ts";

/** Σ rᵢ² of a least-squares problem as a surface. Its text is the problem's title, as the formula would fill pages. */
export function sumOfSquares(problem: LeastSquares): Surface {
  const { name, title, parameters, data, residuals, starts, source } = problem;
  const squares = residuals.map((r) => (r.shape.length === 0 ? pow(r, 2) : sum(pow(r, 2))));
  const points = problem.minima.flatMap(({ value, at }) => (at === undefined ? [] : [{ value, at }]));
  return {
    name,
    title,
    text: title,
    variables: parameters,
    expression: squares.reduce(add),
    data,
    domain: parameters.map((_, i) => around([...starts, ...points.map(({ at }) => at)].map((at) => at[i]))),
    start: starts[0],
    minima: points,
    maxima: [],
    saddles: [],
    complete: false,
    source,
  };
}

/** The interval of the values, extended by its width on both sides; a single value is extended by its size. */
function around(numbers: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const margin = high > low ? high - low : Math.abs(low) || 1;
  return [low - margin, high + margin];
}
