/**
 * The monotone cubic through some nodes, at other places: smooth, and without a bump that the values do not have (Fritsch and
 * Butland 1984, "A method for constructing local monotone piecewise cubic interpolants"). NaN is a hole, which takes the intervals
 * on both its sides; so is what lies beyond the nodes.
 */
export function monotoneCubic(
  nodes: ArrayLike<number>,
  values: ArrayLike<number>,
  places: ArrayLike<number>,
): Float64Array {
  const slopes = slopesOf(nodes, values);
  let k = 0;
  return Float64Array.from(places, (place) => {
    while (k < nodes.length - 2 && place >= nodes[k + 1]) k++;
    while (k > 0 && place < nodes[k]) k--;
    const h = nodes[k + 1] - nodes[k];
    const t = (place - nodes[k]) / h;
    if (Math.abs(t) < NEAR) return values[k];
    if (Math.abs(t - 1) < NEAR) return values[k + 1];
    if (t < 0 || t > 1) return Number.NaN;
    return hermite(t, [values[k], values[k + 1]], [h * slopes[k], h * slopes[k + 1]]);
  });
}

/** A place this near to a node, as a share of the interval, is at the node: a value beside a hole is still there. */
const NEAR = 1e-9;

/** The cubic over [0, 1] with these values and slopes at its ends. */
function hermite(t: number, [a, b]: readonly [number, number], [da, db]: readonly [number, number]): number {
  const s = 1 - t;
  return s * s * ((1 + 2 * t) * a + t * da) + t * t * ((1 + 2 * s) * b - s * db);
}

function slopesOf(nodes: ArrayLike<number>, values: ArrayLike<number>): Float64Array {
  const count = nodes.length - 1;
  const widths = Array.from({ length: count }, (_, k) => nodes[k + 1] - nodes[k]);
  // Undefined before the first and after the last, NaN beside a hole.
  const secants = widths.map((h, k) => (values[k + 1] - values[k]) / h);
  const there = (k: number): boolean => Number.isFinite(secants[k]);
  return Float64Array.from(nodes, (_, k) => {
    if (there(k - 1) && there(k)) return inner([widths[k - 1], widths[k]], [secants[k - 1], secants[k]]);
    if (there(k)) return there(k + 1) ? outer([widths[k], widths[k + 1]], [secants[k], secants[k + 1]]) : secants[k];
    if (there(k - 1))
      return there(k - 2) ? outer([widths[k - 1], widths[k - 2]], [secants[k - 1], secants[k - 2]]) : secants[k - 1];
    return 0;
  });
}

type Pair = readonly [number, number];

/** Zero at a peak, else a weighted harmonic mean of the secants on both sides. */
function inner([h0, h1]: Pair, [d0, d1]: Pair): number {
  if (d0 === 0 || d1 === 0 || d0 > 0 !== d1 > 0) return 0;
  const [w0, w1] = [2 * h1 + h0, h1 + 2 * h0];
  return (w0 + w1) / (w0 / d0 + w1 / d1);
}

/** At an end: of the parabola through three nodes, as far as it keeps the shape. `d0` and `h0` are nearest to the end. */
function outer([h0, h1]: Pair, [d0, d1]: Pair): number {
  const slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
  if (slope > 0 !== d0 > 0) return 0;
  return d0 > 0 !== d1 > 0 && Math.abs(slope) > 3 * Math.abs(d0) ? 3 * d0 : slope;
}
