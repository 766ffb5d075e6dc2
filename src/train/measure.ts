import type { Arena } from "../device/index.ts";
import { fuse } from "../device/wasm/index.ts";
import { type DType, dtypeOf, input, once, type Vector } from "../expr/index.ts";
import { norm, sub } from "../expr/operators/index.ts";

const [a, b] = [input("a", [2]), input("b", [2])];

/** ‖a‖ and ‖a − b‖, for vectors of any length. */
const kernelsOf = (dtype: DType) =>
  once(() => ({
    length: fuse({ dtype, vectors: ["a"], scalars: [], outputs: { length: norm(a) } }),
    distance: fuse({ dtype, vectors: ["a", "b"], scalars: [], outputs: { distance: norm(sub(a, b)) } }),
  }));

/** Compiled once, when first needed: a comparison has thousands of runs. */
const kernels = { f32: kernelsOf("f32"), f64: kernelsOf("f64") };

/**
 * Measures the relative length of a step, ‖w − before‖ / ‖before‖, by fused loops over the memory that w lies in. `before` holds
 * w from before the step.
 */
export function updateRatio(arena: Arena, w: Vector, before: Vector): () => number {
  const { length, distance } = kernels[dtypeOf(w)]();
  const ofWeights = length.bind(arena, { a: before });
  const ofUpdate = distance.bind(arena, { a: w, b: before });
  const result = new Float64Array(1);
  const read = (run: (scalars: Float64Array) => void): number => {
    run(result);
    return result[0];
  };
  return () => read(ofUpdate) / read(ofWeights);
}
