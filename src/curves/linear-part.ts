import { leastSquares, norm } from "../linalg/index.ts";
import type { Residuals } from "../objective/index.ts";

/** How many points must agree, how many are tried to find them, and the relative change of a derivative that is rounding. */
const [POINTS, TRIES, ROUNDING] = [3, 300, 1e-9];

/**
 * Parameters, of those allowed, in which the residuals are linear together: a and c of a·exp(−b·x) + c. Found by changing them at random
 * points, which `draw` gives: their derivatives stay the same.
 */
export function linearTogether(residuals: Residuals, allowed: readonly number[], draw: () => Float64Array): number[] {
  const points = samplePoints(residuals, draw);
  const found: number[] = [];
  for (const j of allowed) {
    found.push(j);
    if (points.length === 0 || !points.every((point) => staysLinear(residuals, point, found, draw()))) found.pop();
  }
  return found;
}

interface Sample {
  readonly x: Float64Array;
  readonly jacobian: Float64Array;
}

/** Points at which all derivatives are finite, and none vanishes on all rows, as that of a peak far from the data does. */
function samplePoints(residuals: Residuals, draw: () => Float64Array): Sample[] {
  const n = residuals.dimension;
  const points: Sample[] = [];
  for (let i = 0; i < TRIES && points.length < POINTS; i++) {
    const x = draw();
    const jacobian = jacobianAt(residuals, x);
    if (!jacobian.every(Number.isFinite)) continue;
    if (x.every((_, j) => jacobian.some((slope, at) => at % n === j && slope !== 0))) points.push({ x, jacobian });
  }
  return points;
}

function jacobianAt(residuals: Residuals, x: Float64Array): Float64Array {
  const [r, jacobian] = [new Float64Array(residuals.count), new Float64Array(residuals.count * residuals.dimension)];
  residuals.residualsAndJacobian(x, r, jacobian);
  return jacobian;
}

function staysLinear(
  residuals: Residuals,
  { x, jacobian }: Sample,
  set: readonly number[],
  other: Float64Array,
): boolean {
  const [m, n] = [residuals.count, residuals.dimension];
  const moved = x.slice();
  for (const j of set) moved[j] = other[j];
  const there = jacobianAt(residuals, moved);
  return set.every((j) => {
    const column = (matrix: Float64Array) => Float64Array.from({ length: m }, (_, i) => matrix[i * n + j]);
    const [before, after] = [column(jacobian), column(there)];
    return norm(after.map((value, i) => value - before[i])) <= ROUNDING * norm(before);
  });
}

/** Moves the linear parameters of x to their best values, given the others. False if that is not possible. */
export function solveLinear(residuals: Residuals, linear: readonly number[], x: Float64Array): boolean {
  if (linear.length === 0) return true;
  const [m, n, k] = [residuals.count, residuals.dimension, linear.length];
  for (const j of linear) x[j] = 0;
  const [r, jacobian] = [new Float64Array(m), new Float64Array(m * n)];
  residuals.residualsAndJacobian(x, r, jacobian);
  const part = new Float64Array(m * k);
  for (let i = 0; i < m; i++) for (let c = 0; c < k; c++) part[i * k + c] = jacobian[i * n + linear[c]];
  const solution = leastSquares(
    part,
    m,
    k,
    r.map((each) => -each),
  );
  if (solution === null || !solution.every(Number.isFinite)) return false;
  for (const [c, j] of linear.entries()) x[j] = solution[c];
  return true;
}
