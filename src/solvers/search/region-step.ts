import { norm } from "../../linalg/index.ts";

/** q(z) = γᵀz + ½·Σ λᵢzᵢ²: a quadratic model in the directions of its eigenvectors. */
export interface Diagonalized {
  /** λ, in any order. */
  readonly curvatures: Float64Array;
  /** γ. */
  readonly slopes: Float64Array;
}

/** The lowest point of a model within a ball. */
export interface RegionStep {
  readonly z: Float64Array;
  /** −q(z), never negative. */
  readonly decrease: number;
  /** Whether the ball limits the step. */
  readonly bounded: boolean;
  /** μ: the shift added to all curvatures to shorten z; 0 if none was needed. */
  readonly added: number;
}

/** How close the step's length must be to the radius, relative to it. */
const ACCURACY = 0.01;

/**
 * Minimizes q over ‖z‖ ≤ radius: zᵢ = −γᵢ/(λᵢ + μ), with the smallest μ ≥ 0 that makes all λᵢ + μ ≥ 0 and z short enough.
 * Moré & Sorensen 1983, Computing a trust region step. If the model curves downwards in a direction in which it has no
 * slope (their hard case), z is extended along it.
 */
export function regionStep({ curvatures, slopes }: Diagonalized, radius: number): RegionStep {
  const lowest = curvatures.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const least = Math.max(0, -lowest);
  const z = stepFor(curvatures, slopes, least);
  const length = norm(z);
  if (length <= radius) {
    if (lowest < 0) complete(z, curvatures, lowest, Math.sqrt((radius - length) * (radius + length)));
    return { z, decrease: decreaseOf(curvatures, slopes, z), bounded: lowest < 0, added: least };
  }
  const added = multiplier(curvatures, slopes, radius, least);
  const nearly = stepFor(curvatures, slopes, added);
  const shortened = nearly.map((x) => x * Math.min(1, radius / norm(nearly)));
  return { z: shortened, decrease: decreaseOf(curvatures, slopes, shortened), bounded: true, added };
}

/** zᵢ = −γᵢ/(λᵢ + μ); 0 in directions without slope. */
const stepFor = (curvatures: Float64Array, slopes: Float64Array, mu: number): Float64Array =>
  slopes.map((slope, i) => (slope === 0 ? 0 : -slope / (curvatures[i] + mu)));

/** Extends z along the direction of the lowest curvature. */
function complete(z: Float64Array, curvatures: Float64Array, lowest: number, by: number): void {
  const i = curvatures.indexOf(lowest);
  z[i] += z[i] < 0 ? -by : by;
}

/** The μ with ‖z(μ)‖ = radius: Newton's method on 1/‖z(μ)‖, which is almost linear, between safe bounds. */
function multiplier(curvatures: Float64Array, slopes: Float64Array, radius: number, least: number): number {
  let low = least;
  let high = norm(slopes) / radius + least;
  let mu = low;
  for (let k = 0; k < 100; k++) {
    const z = stepFor(curvatures, slopes, mu);
    const length = norm(z);
    if (Math.abs(length - radius) <= ACCURACY * radius) return mu;
    if (length > radius) low = mu;
    else high = mu;
    // d‖z‖/dμ = −Σ zᵢ²/(λᵢ + μ) / ‖z‖, with z scaled so that its squares stay finite.
    const fall = z.reduce((sum, x, i) => sum + (x === 0 ? 0 : (x / length) ** 2 / (curvatures[i] + mu)), 0);
    const next = mu + (length / radius - 1) / fall;
    mu = next > low && next < high ? next : Math.max(0.001 * high, Math.sqrt(low) * Math.sqrt(high));
  }
  return high;
}

/** −q(z). */
function decreaseOf(curvatures: Float64Array, slopes: Float64Array, z: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < z.length; i++) sum -= z[i] * (slopes[i] + 0.5 * curvatures[i] * z[i]);
  return sum;
}
