import { checkList, checkNumber, checkOptions, whole } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { symmetricEigen } from "../../linalg/index.ts";
import { checkVector } from "../checks/vectors.ts";
import { unitRoundoff } from "../directions/rounding.ts";

/** The directions in which points differ most, seen from one of them or from their mean. */
export interface PrincipalComponents {
  /** The point that the components start from. */
  readonly origin: Float64Array;
  /** Orthonormal directions, the most telling first. */
  readonly axes: readonly Float64Array[];
  /** The share of Σ‖wᵢ − origin‖² that lies along each axis, from 0 to 1. */
  readonly explained: readonly number[];
  /** The singular values of the matrix of the rows wᵢ − origin. */
  readonly singularValues: readonly number[];
}

/** What components are seen from, and how many are wanted. */
export interface ComponentOptions {
  /** Where rows begin: a point, such as the end of a path, or "mean", the mean of all points. Default: the last point. */
  readonly origin?: Vector | "mean";
  /** How many components: 1 or more. Default 2. */
  readonly count?: number;
}

/**
 * The principal components of points in parameter space: the right singular vectors of the matrix M with the rows wᵢ − origin, from the
 * eigenvectors of M·Mᵀ, which has a row for each point and not for each parameter: with MMᵀuₖ = σₖ²uₖ, the axis is Mᵀuₖ / σₖ.
 *
 * By default M is not centred: its rows begin at the last point, as in the text of Li et al. Among all planes through that point the first
 * two components then span the one that lies closest to the path, and what they explain is 1 − Σ distance² / Σ‖wᵢ − origin‖² in that plane:
 * exactly the gap that a picture of it shows. The program of Li et al. hands M to scikit-learn's PCA, which centres it: its axes are those of
 * the variance around the mean, through which the drawn plane does not pass. `origin: "mean"` gives these.
 *
 * Each axis points to the side of its largest entry of uₖ: the sign of a component means nothing.
 *
 * Li, Xu, Taylor, Studer & Goldstein 2018, Visualizing the loss landscape of neural nets, section 7.2.
 *
 * @throws RangeError for points of different lengths or with values that are not finite, for wrong options, and for points that do not differ in
 * as many directions as components are wanted, by more than the rounding of their numbers. TypeError for anything but a list of vectors.
 */
export function principalComponents(points: readonly Vector[], options: ComponentOptions = {}): PrincipalComponents {
  checkComponents(points, options);
  const { origin: from, count = 2 } = options;
  const origin = originOf(points, from);
  const size = points.length;
  const found = symmetricEigen(gramMatrix(points, origin), size);
  if (found === null)
    throw new RangeError("principalComponents: the points' distances are not finite; leave points out that diverged");
  const total = found.values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const ranks = Array.from({ length: Math.min(count, size) }, (_, k) => size - 1 - k);
  const noise = Math.max(NEGLIGIBLE * total, roundingOf([...points, origin]));
  const enough = ranks.length === count && ranks.every((k) => found.values[k] > noise);
  if (!(total > 0 && enough))
    throw new RangeError(
      `principalComponents: the ${size} points ${total > 0 ? "lie in fewer dimensions" : "are all equal"}, so there are no ${count} directions in which they differ; keep more points`,
    );
  const singularValues = ranks.map((k) => Math.sqrt(found.values[k]));
  return {
    origin,
    axes: ranks.map((k, i) =>
      combined(points, origin, found.vectors.subarray(k * size, (k + 1) * size), singularValues[i]),
    ),
    explained: ranks.map((k) => found.values[k] / total),
    singularValues,
  };
}

/** A smaller share of the whole is rounding: the products of the Gram matrix are exact to about this. */
const NEGLIGIBLE = 1e-13;

/** What a rounding of each number may add to Σ‖wᵢ − origin‖² in all: a component with less may be noise. */
const roundingOf = (points: readonly Vector[]): number =>
  unitRoundoff(points) ** 2 * points.reduce((sum, point) => sum + squaredLength(point), 0);

function squaredLength(point: Vector): number {
  let sum = 0;
  for (let i = 0; i < point.length; i++) sum += point[i] ** 2;
  return sum;
}

function checkComponents(points: readonly Vector[], options: ComponentOptions): void {
  checkOptions("principalComponents", options, ["origin", "count"], "principalComponents(points, { count: 2 })");
  const { origin, count = 2 } = options;
  checkNumber("principalComponents: count", count, whole(1));
  checkList("principalComponents: the points", points, "[w1, w2, w3]");
  for (const [k, point] of points.entries()) checkVector(`principalComponents: point ${k}`, point);
  if (origin !== undefined && origin !== "mean") checkVector("principalComponents: the origin", origin);
}

function originOf(points: readonly Vector[], from: ComponentOptions["origin"]): Float64Array {
  const last = points.at(-1);
  if (last === undefined) throw new RangeError("principalComponents: there are no points; give at least two");
  const { length } = last;
  const given = from === undefined ? last : from === "mean" ? undefined : from;
  for (const { length: own } of given === undefined ? points : [...points, given])
    if (own !== length)
      throw new RangeError(`principalComponents: a point has ${own} values, another ${length}; give points of one net`);
  return given === undefined ? meanOf(points, length) : Float64Array.from(given);
}

function meanOf(points: readonly Vector[], length: number): Float64Array {
  const mean = new Float64Array(length);
  for (const point of points) for (let i = 0; i < length; i++) mean[i] += point[i] / points.length;
  return mean;
}

/** How many parameters are worked on at a time: as many rows of them stay in the cache. */
const BLOCK = 2048;

/** MMᵀ, block by block of the parameters, so that M itself, which is larger than all points, is never there as a whole. */
function gramMatrix(points: readonly Vector[], origin: Float64Array): Float64Array {
  const size = points.length;
  const gram = new Float64Array(size * size);
  const rows = points.map(() => new Float64Array(BLOCK));
  for (let begin = 0; begin < origin.length; begin += BLOCK) {
    const end = Math.min(origin.length, begin + BLOCK);
    for (const [i, row] of rows.entries()) for (let k = begin; k < end; k++) row[k - begin] = points[i][k] - origin[k];
    addProducts(gram, rows, end - begin);
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) gram[i * size + j] = gram[j * size + i];
  return gram;
}

/** Adds the products of rows to the upper triangle. */
function addProducts(gram: Float64Array, rows: readonly Float64Array[], length: number): void {
  for (let i = 0; i < rows.length; i++)
    for (let j = i; j < rows.length; j++) {
      const [a, b] = [rows[i], rows[j]];
      let sum = 0;
      for (let k = 0; k < length; k++) sum += a[k] * b[k];
      gram[i * rows.length + j] += sum;
    }
}

/** Mᵀu / σ. */
function combined(points: readonly Vector[], origin: Float64Array, weights: Float64Array, sigma: number): Float64Array {
  const axis = new Float64Array(origin.length);
  for (const [i, point] of points.entries()) {
    const share = weights[i] / sigma;
    for (let k = 0; k < axis.length; k++) axis[k] += share * (point[k] - origin[k]);
  }
  return axis;
}
