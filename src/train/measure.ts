import { fuse } from "../compile/fuse/index.ts";
import type { Arena } from "../compile/memory.ts";
import type { Vector } from "../expr/array.ts";
import { input } from "../expr/node.ts";
import { norm, sub } from "../expr/operators/index.ts";
import { dtypeOf } from "../optimizers/state.ts";

/** Lengths of a run's vectors, by fused loops over the memory that they lie in. */
export interface Measures {
  /** ‖g‖; not finite where a number of g is not. */
  gradientNorm(): number;
  /** ‖w − before‖ / ‖before‖. */
  updateRatio(): number;
}

/** `before` holds w as it was before the last step. */
export function measures(arena: Arena, w: Vector, g: Vector, before: Vector): Measures {
  const dtype = dtypeOf(w);
  const [a, b] = [input("a", [2]), input("b", [2])];
  const length = fuse({ dtype, vectors: ["a"], scalars: [], outputs: { length: norm(a) } });
  const distance = fuse({ dtype, vectors: ["a", "b"], scalars: [], outputs: { distance: norm(sub(a, b)) } });
  const ofGradient = length.bind(arena, { a: g });
  const ofWeights = length.bind(arena, { a: before });
  const ofUpdate = distance.bind(arena, { a: w, b: before });
  const result = new Float64Array(1);
  const read = (run: (scalars: Float64Array) => void): number => {
    run(result);
    return result[0];
  };
  return {
    gradientNorm: () => read(ofGradient),
    updateRatio: () => read(ofUpdate) / read(ofWeights),
  };
}
