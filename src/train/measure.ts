import type { Arena } from "../device/memory.ts";
import { fuse } from "../device/wasm/index.ts";
import type { Vector } from "../expr/array.ts";
import { input } from "../expr/node.ts";
import { norm, sub } from "../expr/operators/index.ts";
import { dtypeOf } from "../optimizers/state.ts";

/**
 * Measures how far a step went, ‖w − before‖ / ‖before‖, by fused loops over the memory that w lies in. `before` holds w
 * as it was before the step.
 */
export function updateRatio(arena: Arena, w: Vector, before: Vector): () => number {
  const dtype = dtypeOf(w);
  const [a, b] = [input("a", [2]), input("b", [2])];
  const length = fuse({ dtype, vectors: ["a"], scalars: [], outputs: { length: norm(a) } });
  const distance = fuse({ dtype, vectors: ["a", "b"], scalars: [], outputs: { distance: norm(sub(a, b)) } });
  const ofWeights = length.bind(arena, { a: before });
  const ofUpdate = distance.bind(arena, { a: w, b: before });
  const result = new Float64Array(1);
  const read = (run: (scalars: Float64Array) => void): number => {
    run(result);
    return result[0];
  };
  return () => read(ofUpdate) / read(ofWeights);
}
