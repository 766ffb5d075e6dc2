import { norm } from "../../linalg/index.ts";
import { surfaceObjective, type TwiceDifferentiable } from "../../objective/index.ts";
import { checkDomain, checkSize, type Domain, lowDiscrepancyPoints, type Surface } from "../../surfaces/index.ts";
import { type CriticalKind, classify } from "./classify.ts";
import { type Arrival, walkToCritical } from "./critical-walk.ts";

/** A critical point that the search found. */
export interface FoundPoint {
  /** One value for each variable. */
  readonly at: readonly number[];
  /** The function's value there. */
  readonly value: number;
  /** By the Hessian's eigenvalues. */
  readonly kind: CriticalKind;
  /** Of the Hessian, ascending. */
  readonly eigenvalues: readonly number[];
  /** ‖∇f‖ there, 0 but for rounding. */
  readonly gradientNorm: number;
  /**
   * For a minimum: nothing lower was seen among the points found, the known minima and the starts. For a maximum:
   * nothing higher. This is no proof. False for other kinds.
   */
  readonly global: boolean;
}

/** The critical points that were found. */
export interface CriticalPoints {
  /** By value, lowest first. */
  readonly points: readonly FoundPoint[];
  /** How many walks ended at a critical point in the domain, outside the domain, on a plateau, or at no such place. */
  readonly walks: { readonly arrived: number; readonly left: number; readonly flat: number; readonly stuck: number };
}

/** The region in which critical points are searched for, and how thoroughly. */
export interface SearchOptions {
  /** [low, high] for each variable. Default: the surface's own domain. */
  readonly domain?: Domain;
  /** Number of starts, spread evenly over the domain. Default 1,024. */
  readonly starts?: number;
  /** The most Newton steps from each start. Default 200. */
  readonly steps?: number;
}

/** Two points closer than this fraction of the domain's size are the same point. */
const SAME = 1e-6;
/** The same for a singular Hessian, where rounding blurs the location. */
const SAME_DEGENERATE = 1e-3;
/** A walk has arrived if its last step was shorter than this fraction of the domain's size; rounding near degenerate points sets the bound. */
const ARRIVED = 1e-5;
/** Gradients and curvatures below this have underflowed: their digits and their signs are lost. */
const UNDERFLOW = 1e-290;

/**
 * The critical points of a surface in a domain, by damped Newton on the gradient from many starts. Each point is listed once
 * and classified by its Hessian. A point that no start leads to is missed; more starts find more. Throws a RangeError for
 * a domain that does not fit the surface.
 */
export function criticalPoints(surface: Surface, options: SearchOptions = {}): CriticalPoints {
  const { domain = surface.domain, starts = 1024, steps = 200 } = options;
  checkDomain(surface.name, domain, surface.variables);
  checkSize(surface.name, "starts", starts, 1, 1e7);
  checkSize(surface.name, "steps", steps, 1, 1e6);
  const f = surfaceObjective(surface);
  const size = norm(Float64Array.from(domain, ([low, high]) => high - low));
  const walks = { arrived: 0, left: 0, flat: 0, stuck: 0 };
  const found: Arrival[] = [];
  const seen: number[] = [];
  for (const start of lowDiscrepancyPoints(domain, starts)) {
    const value = f.gradient(start, new Float64Array(f.dimension));
    if (Number.isFinite(value)) seen.push(value);
    const end = walkToCritical(f, start, { steps, longest: size / 8, inside: (w) => isInside(w, domain, 1) });
    const outcome = end === null || !isInside(end.at, domain, SAME) ? "left" : outcomeOf(end, size);
    walks[outcome]++;
    if (end !== null && outcome === "arrived") keepOnce(found, end, size);
  }
  return { points: describePoints(surface, f, found, seen, size), walks };
}

/** Whether w lies in the domain, extended on each side by `margin` times its width. */
function isInside(w: Float64Array, domain: Domain, margin: number): boolean {
  return domain.every(([low, high], i) => {
    const slack = margin * (high - low);
    return w[i] >= low - slack && w[i] <= high + slack;
  });
}

function outcomeOf({ model, gradientNorm, distance }: Arrival, size: number): "arrived" | "flat" | "stuck" {
  const curvature = Math.max(...model.curvatures.map(Math.abs));
  if (curvature < UNDERFLOW && gradientNorm < UNDERFLOW) return "flat";
  // A pseudo-inverse can ignore part of the gradient, so a short step alone proves nothing: the gradient must be tiny, too.
  return distance <= ARRIVED * size && gradientNorm <= ARRIVED * ARRIVED * curvature * size ? "arrived" : "stuck";
}

/** Adds a point, or merges it with the same point found before: the one with the smaller gradient stays. */
function keepOnce(found: Arrival[], point: Arrival, size: number): void {
  const same = found.findIndex((other) => {
    const tolerance = isSingular(other) && isSingular(point) ? SAME_DEGENERATE : SAME;
    return distanceBetween(other.at, point.at) <= tolerance * size;
  });
  if (same < 0) found.push(point);
  else if (point.gradientNorm < found[same].gradientNorm) found[same] = point;
}

function distanceBetween(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum);
}

const isSingular = ({ model }: Arrival): boolean => {
  const sizes = model.curvatures.map(Math.abs);
  return Math.min(...sizes) <= 1e-6 * Math.max(...sizes);
};

function describePoints(
  surface: Surface,
  f: TwiceDifferentiable,
  found: readonly Arrival[],
  seen: readonly number[],
  size: number,
): FoundPoint[] {
  const known = [...surface.minima, ...surface.maxima].map(({ value }) => value);
  const values = [...found.map(({ value }) => value), ...known, ...seen];
  const lowest = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const highest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  // Minima of equal height differ by rounding.
  const slack = (value: number): number => 1e-9 * (1 + Math.abs(value));
  const points = found.map((point): FoundPoint => {
    const kind = classify(f, point, size);
    const { value, gradientNorm } = point;
    const global =
      (kind === "minimum" && value <= lowest + slack(lowest)) ||
      (kind === "maximum" && value >= highest - slack(highest));
    return { at: [...point.at], value, kind, eigenvalues: [...point.model.curvatures], gradientNorm, global };
  });
  return points.sort((a, b) => a.value - b.value);
}
