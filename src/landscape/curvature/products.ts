import type { Vector } from "../../expr/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import type { Random } from "../../random/index.ts";
import { missing } from "../../solvers/index.ts";

/**
 * The objective with products that throw the signal's reason once it is aborted. Throws a TypeError if the objective has
 * no Hessian-vector products.
 */
export function untilAborted(objective: AsyncObjective, signal?: AbortSignal) {
  const { name, dimension, hessianProduct } = objective;
  if (hessianProduct === undefined) throw missing(objective, "hessianProduct");
  return {
    name,
    dimension,
    value: (x: Float64Array) => objective.value(x),
    gradient: (x: Float64Array, g: Float64Array) => objective.gradient(x, g),
    async hessianProduct(x: Float64Array, v: Float64Array, to: Float64Array): Promise<void> {
      signal?.throwIfAborted();
      await hessianProduct.call(objective, x, v, to);
    },
  };
}

/**
 * A function that computes Hv at w, n values that the next call overwrites. Throws a TypeError if the objective has no
 * products; the function throws a RangeError where one is not finite, and the signal's reason once it is aborted.
 */
export function productsOf(
  objective: AsyncObjective,
  w: Vector,
  signal?: AbortSignal,
): (v: Float64Array) => Promise<Float64Array> {
  const f = untilAborted(objective, signal);
  const x = Float64Array.from(w);
  const to = new Float64Array(x.length);
  return async (v) => {
    await f.hessianProduct(x, v, to);
    if (!to.every(Number.isFinite))
      throw new RangeError(`${f.name}: a product of the Hessian with a vector is not finite at this point`);
    return to;
  };
}

/** Fills v with random signs. */
export function signs(random: Random, v: Float64Array): Float64Array {
  for (let i = 0; i < v.length; i++) v[i] = random.uniform() < 0.5 ? -1 : 1;
  return v;
}
