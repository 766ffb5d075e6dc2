import { Random } from "../src/index.ts";
import { lowDiscrepancyPoints, type Surface } from "../src/surfaces/index.ts";
import { type Objective, objectiveOf } from "../src/train/index.ts";

/** What chords and curvatures show about a surface on its domain. */
export interface Bend {
  /** The shares of the chords with a point where the surface is lower, and where it is higher, than the chord. */
  readonly shareAboveSurface: number;
  readonly shareBelowSurface: number;
  /** The least and the greatest eigenvalue found of the Hessian. */
  readonly leastCurvature: number;
  readonly greatestCurvature: number;
}

export type Verdict = "convex" | "concave" | "neither";

const CHORDS = 2000;
const PLACES = 1000;
/** Heights that differ by less, relative to their size, are the same but for rounding. */
const ROUNDING = 1e-12;

/**
 * Draws chords between random points of the domain and looks at the Hessian in as many places. A function is convex
 * where f((1 − t)·a + t·b) ≤ (1 − t)·f(a) + t·f(b) for all a, b and t in [0, 1]; where it is smooth that is so if and only if no
 * eigenvalue of its Hessian is negative. Boyd & Vandenberghe 2004, Convex optimization, section 3.1.
 */
export function bendOf(surface: Surface, seed = 1): Bend {
  const f = objectiveOf(surface);
  const random = new Random(seed, "chords");
  const point = (): Float64Array =>
    Float64Array.from(surface.domain, ([low, high]) => low + (high - low) * random.uniform());
  const unused = new Float64Array(f.dimension);
  const [counts, extremes] = [
    { above: 0, below: 0 },
    { least: Number.POSITIVE_INFINITY, greatest: -Infinity },
  ];
  for (let chord = 0; chord < CHORDS; chord++) {
    const [a, b, t] = [point(), point(), random.uniform()];
    const [fa, fb] = [a, b].map((end) => f.gradient(end, unused));
    const between = a.map((x, i) => (1 - t) * x + t * b[i]);
    const rise = (1 - t) * fa + t * fb - f.gradient(between, unused);
    const slack = ROUNDING * (Math.abs(fa) + Math.abs(fb));
    if (rise > slack) counts.above++;
    if (rise < -slack) counts.below++;
  }
  for (const place of lowDiscrepancyPoints(surface.domain, PLACES)) {
    const eigenvalues = eigenvaluesAt(f, place);
    extremes.least = Math.min(extremes.least, ...eigenvalues);
    extremes.greatest = Math.max(extremes.greatest, ...eigenvalues);
  }
  return {
    shareAboveSurface: counts.above / CHORDS,
    shareBelowSurface: counts.below / CHORDS,
    leastCurvature: extremes.least,
    greatestCurvature: extremes.greatest,
  };
}

/** The eigenvalues of the Hessian (a b; b c) at a point of the plane: (a + c)/2 ± √(((a − c)/2)² + b²). */
function eigenvaluesAt(f: Objective, place: Float64Array): readonly [smaller: number, larger: number] {
  const h = new Float64Array(4);
  f.hessian?.(place, h);
  const [a, b, , c] = h;
  const [middle, root] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
  return [middle - root, middle + root];
}

export const verdictByChords = ({ shareAboveSurface, shareBelowSurface }: Bend): Verdict =>
  shareBelowSurface === 0 ? "convex" : shareAboveSurface === 0 ? "concave" : "neither";

/** An eigenvalue that is 0 may come out a little to the other side. */
export function verdictByCurvature({ leastCurvature, greatestCurvature }: Bend): Verdict {
  const slack = ROUNDING * Math.max(Math.abs(leastCurvature), Math.abs(greatestCurvature));
  return leastCurvature >= -slack ? "convex" : greatestCurvature <= slack ? "concave" : "neither";
}
