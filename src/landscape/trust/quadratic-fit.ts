import { dot, leastSquares } from "../../linalg/index.ts";
import { type GridSurface, ROUNDING } from "./grid-surface.ts";

/**
 * What a quadratic function leaves unexplained of a slice's losses: the mean squared residual of the best fit over the window, as
 * a share of that of the best constant, from 0 to 1. `null` if there are not more finite losses than the fit's coefficients, six in a
 * plane and three on a line; 0 for a constant, up to float32's rounding.
 */
export function quadraticResidual({ x, y, at, isLine, nodes, weight }: GridSurface): number | null {
  const points = nodes.filter(({ i, j }) => Number.isFinite(at(i, j)));
  const terms = isLine ? 3 : 6;
  if (points.length <= terms) return null;
  // Coordinates from −1 to 1 keep the columns alike in size.
  const [right, up] = [scaleOf(x), scaleOf(y)];
  const rows = points.map(({ i, j }) => {
    const [s, t] = [right(x[j]), up(y[i])];
    return isLine ? [1, s, s * s] : [1, s, s * s, t, t * t, s * t];
  });
  const own = points.map(({ i, j }) => at(i, j));
  // Losses from −1 to 1, so that no square overflows.
  const size = own.reduce((most, loss) => Math.max(most, Math.abs(loss)), 0) || 1;
  const losses = Float64Array.from(own, (loss) => loss / size);
  // Not Math.max(...losses): a fine grid has more of them than a call may have arguments.
  const highest = losses.reduce((most, loss) => Math.max(most, loss));
  const lowest = losses.reduce((least, loss) => Math.min(least, loss));
  if (highest - lowest <= ROUNDING) return 0;
  const weights = points.map(weight);
  const roots = weights.map(Math.sqrt);
  const weighted = rows.flatMap((row, k) => row.map((term) => term * roots[k]));
  const targets = losses.map((loss, k) => loss * roots[k]);
  const fitted = leastSquares(Float64Array.from(weighted), rows.length, terms, targets);
  if (fitted === null) return null;
  const squares = (guess: (k: number) => number): number =>
    losses.reduce((sum, loss, k) => sum + weights[k] * (loss - guess(k)) ** 2, 0);
  const mean = dot(weights, losses) / weights.reduce((sum, each) => sum + each, 0);
  const total = squares(() => mean);
  return total > 0 ? Math.min(1, squares((k) => dot(rows[k], fitted)) / total) : 0;
}

function scaleOf(coordinates: readonly number[]): (value: number) => number {
  const [low, high] = [coordinates[0], coordinates[coordinates.length - 1]];
  const half = (high - low) / 2 || 1;
  return (value) => (value - (low + high) / 2) / half;
}
