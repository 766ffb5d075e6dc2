import { checkList, faultOfNumbers, isOptions, quoteValue } from "../../arguments/index.ts";
import { sizeOf, type Vector } from "../../expr/index.ts";
import { filteredTensors, type Model } from "../../nn/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import { missing } from "../../solvers/index.ts";
import { checkModel } from "../checks/nets.ts";
import { checkObjective, checkPoint } from "../checks/objectives.ts";
import { checkVector } from "../checks/vectors.ts";

/** A function in other variables u, and how points change between the two. */
export interface InVariables extends AsyncObjective {
  hessianProduct(u: Float64Array, v: Float64Array, to: Float64Array): Promise<void>;
  /** The variables u of a point w. Throws unless w is a vector of the function's dimension, of finite numbers. */
  from(w: Vector): Float64Array;
  /** The point w that has variables u. Throws unless u has a finite number for each variable. */
  point(u: Float64Array): Float64Array;
}

/** Variables u of which w is an affine function. */
interface Change extends Pick<InVariables, "dimension" | "from" | "point"> {
  /** ∂w/∂u · v, n values. */
  push(v: Float64Array): Float64Array;
  /** Writes (∂w/∂u)ᵀ · g. */
  pull(g: Float64Array, to: Float64Array): void;
}

function inVariables(objective: AsyncObjective, { dimension, from, point, push, pull }: Change): InVariables {
  const all = new Float64Array(objective.dimension);
  return {
    name: objective.name,
    dimension,
    from(w) {
      checkPoint(objective, w);
      return from(w);
    },
    point(u) {
      checkVector(`${objective.name}: the variables`, u, dimension);
      return point(u);
    },
    value: (u) => objective.value(point(u)),
    async gradient(u, g) {
      const value = await objective.gradient(point(u), all);
      pull(all, g);
      return value;
    },
    async hessianProduct(u, v, to) {
      if (objective.hessianProduct === undefined) throw missing(objective, "hessianProduct");
      await objective.hessianProduct(point(u), push(v), all);
      pull(all, to);
    },
  };
}

/**
 * f in the variables u = s ⊙ w, where its Hessian is S⁻¹HS⁻¹: with s = √P that is the preconditioned Hessian
 * P^(−1/2)·H·P^(−1/2), whose eigenvalues are those of P⁻¹H. Throws a RangeError unless s has n numbers above 0, and a TypeError for anything
 * but an objective.
 */
export function scaled(objective: AsyncObjective, s: ArrayLike<number>): InVariables {
  checkObjective("scaled", objective, ["value", "gradient"]);
  const { name, dimension } = objective;
  const scale = checkScale(name, s, dimension);
  const divide = (u: Float64Array): Float64Array => u.map((x, i) => x / scale[i]);
  return inVariables(objective, {
    dimension,
    from: (w) => Float64Array.from(w, (x, i) => x * scale[i]),
    point: divide,
    push: divide,
    pull: (g, to) => to.set(divide(g)),
  });
}

function checkScale(name: string, given: ArrayLike<number>, n: number): Float64Array {
  const fault = faultOfNumbers(given);
  if (fault !== undefined) throw new RangeError(`${name}: the scale ${fault}; give ${n} numbers above 0`);
  if (given.length !== n) throw new RangeError(`${name}: the scale has ${given.length} values; ${n} are needed`);
  const scale = Float64Array.from(given);
  const wrong = scale.findIndex((entry) => !(entry > 0));
  if (wrong === -1) return scale;
  throw new RangeError(`${name}: the scale is ${scale[wrong]} at ${wrong}; all its numbers must be above 0`);
}

/** A part of w: so many values from `offset` on. */
export interface Part {
  readonly offset: number;
  readonly length: number;
}

/**
 * The weights of a net without biases and without the scales and shifts of normalisation, by the roles of its layers: the tensors
 * that have filters. Li et al. 2018 compute curvature over these alone.
 */
export function weightParts(model: Model): Part[] {
  checkModel("weightParts", model);
  return filteredTensors(model)
    .filter(({ axis }) => axis !== undefined)
    .map(({ offset, shape }) => ({ offset, length: sizeOf(shape) }));
}

/**
 * f as a function of some parts of w, in this order; the rest stays as it is in `at`. Its Hessian is the block of those
 * parts. Throws a RangeError if `at` is not as long as f's points or not finite, and for parts that are not within them or overlap; a TypeError
 * for anything but an objective, a vector and a list of parts.
 */
export function overParts(objective: AsyncObjective, at: Vector, parts: readonly Part[]): InVariables {
  checkObjective("overParts", objective, ["value", "gradient"]);
  const { name, dimension: n } = objective;
  checkPoint(objective, at);
  const places = placesOf(name, parts, n);
  const direction = new Float64Array(n);
  const copy = (u: Float64Array, to: Float64Array): Float64Array => {
    for (const { first, offset, length } of places) to.set(u.subarray(first, first + length), offset);
    return to;
  };
  const pull = (w: Vector, to: Float64Array): void => {
    for (const { first, offset, length } of places) to.set(w.subarray(offset, offset + length), first);
  };
  const dimension = places.reduce((sum, { length }) => sum + length, 0);
  return inVariables(objective, {
    dimension,
    from(w) {
      const u = new Float64Array(dimension);
      pull(w, u);
      return u;
    },
    point: (u) => copy(u, Float64Array.from(at)),
    push: (v) => copy(v, direction),
    pull,
  });
}

/** Parts of w, each with the place of its first value in u. */
function placesOf(name: string, parts: readonly Part[], n: number): (Part & { readonly first: number })[] {
  checkList(`${name}: the parts`, parts, "weightParts(model)");
  if (parts.length === 0) throw new RangeError(`${name}: no parts of its parameters were given; give at least one`);
  let first = 0;
  const places = parts.map((part) => {
    if (!isOptions(part)) throw new TypeError(`${name}: a part is ${quoteValue(part)}; give { offset, length }`);
    const { offset, length } = part;
    const isWhole = Number.isSafeInteger(offset) && Number.isSafeInteger(length);
    if (!(isWhole && offset >= 0 && length >= 1 && offset + length <= n))
      throw new RangeError(
        `${name}: a part of ${quoteValue(length)} values from ${quoteValue(offset)} on is not within its ${n} parameters`,
      );
    first += length;
    return { offset, length, first: first - length };
  });
  const inOrder = places.toSorted((a, b) => a.offset - b.offset);
  const at = inOrder.findIndex(({ offset }, k) => k > 0 && offset < inOrder[k - 1].offset + inOrder[k - 1].length);
  if (at >= 0)
    throw new RangeError(
      `${name}: two of the parts hold parameter ${inOrder[at].offset}; give parts that do not overlap, each parameter once`,
    );
  return places;
}
