import { norm } from "../../linalg/index.ts";
import { surfaceObjective, type TwiceDifferentiable } from "../../objective/index.ts";
import { checkDomain, checkSize, type Domain, lowDiscrepancyPoints, type Surface } from "../../surfaces/index.ts";
import { type Arrival, walkToCritical } from "./critical-walk.ts";
import { type CriticalKind, kindOf } from "./kind.ts";

/** A critical point that was found. */
export interface FoundPoint {
  readonly at: readonly number[];
  readonly value: number;
  readonly kind: CriticalKind;
  /** Of the Hessian, ascending. */
  readonly eigenvalues: readonly number[];
  readonly gradientNorm: number;
  /**
   * Of a minimum: nothing lower was seen, among the points found, the known minima and the starts. Of a maximum:
   * nothing higher. It is no proof. False for other kinds.
   */
  readonly global: boolean;
}

/** The critical points that were found. */
export interface CriticalPoints {
  /** By value, lowest first. */
  readonly points: readonly FoundPoint[];
  /** How the walks ended: at a critical point in the domain, outside, where all is flat, or nowhere. */
  readonly walks: { readonly arrived: number; readonly left: number; readonly flat: number; readonly stuck: number };
}

/** Where critical points are searched for, and how long. */
export interface SearchOptions {
  /** Where to search. Default: the surface's own domain. */
  readonly domain?: Domain;
  /** From how many points, spread evenly. Default 1024. */
  readonly starts?: number;
  /** The most Newton steps from each. Default 200. */
  readonly steps?: number;
}

/** Points nearer than this part of the domain's size are one point. */
const SAME = 1e-6;
/** The same where the Hessian is singular: there rounding leaves the place unsure. */
const SAME_DEGENERATE = 1e-3;
/** A last step shorter than this part of the domain's size means arrival; near degenerate points rounding sets the bound. */
const ARRIVED = 1e-5;
/** Slopes and curvatures below this have lost digits on the way to 0, and with them their signs. */
const UNDERFLOW = 1e-290;

/**
 * The critical points of a surface in a domain: damped Newton on the gradient from many starts, each point found kept
 * once and classified by its Hessian. What no start leads to is missed; more starts find more. Throws a RangeError for
 * a domain that does not fit.
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
  return { points: described(surface, f, found, seen, size), walks };
}

/** Within the domain, or beyond it by a part of its width. */
function isInside(w: Float64Array, domain: Domain, margin: number): boolean {
  return domain.every(([low, high], i) => {
    const room = margin * (high - low);
    return w[i] >= low - room && w[i] <= high + room;
  });
}

function outcomeOf({ model, gradientNorm, distance }: Arrival, size: number): "arrived" | "flat" | "stuck" {
  const curvature = Math.max(...model.curvatures.map(Math.abs));
  if (curvature < UNDERFLOW && gradientNorm < UNDERFLOW) return "flat";
  // Where the pseudo-inverse leaves a part of the gradient out, the step says nothing: then it must be tiny itself.
  return distance <= ARRIVED * size && gradientNorm <= ARRIVED * ARRIVED * curvature * size ? "arrived" : "stuck";
}

/** Keeps the point, unless a better one is there already; of two that are one, the one with the smaller gradient stays. */
function keepOnce(found: Arrival[], point: Arrival, size: number): void {
  const same = found.findIndex((other) => {
    const reach = isSingular(other) && isSingular(point) ? SAME_DEGENERATE : SAME;
    return apart(other.at, point.at) <= reach * size;
  });
  if (same < 0) found.push(point);
  else if (point.gradientNorm < found[same].gradientNorm) found[same] = point;
}

function apart(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum);
}

const isSingular = ({ model }: Arrival): boolean => {
  const sizes = model.curvatures.map(Math.abs);
  return Math.min(...sizes) <= 1e-6 * Math.max(...sizes);
};

function described(
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
  // Rounding tells minima of one height apart.
  const slack = (value: number): number => 1e-9 * (1 + Math.abs(value));
  const points = found.map((point): FoundPoint => {
    const kind = kindOf(f, point, size);
    const { value, gradientNorm } = point;
    const global =
      (kind === "minimum" && value <= lowest + slack(lowest)) ||
      (kind === "maximum" && value >= highest - slack(highest));
    return { at: [...point.at], value, kind, eigenvalues: [...point.model.curvatures], gradientNorm, global };
  });
  return points.sort((a, b) => a.value - b.value);
}
