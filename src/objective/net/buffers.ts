import { Arena } from "../../device/index.ts";
import { type FillMask, maskFiller } from "../../device/wasm/index.ts";
import type { DType, Vector } from "../../expr/index.ts";

/** The length of each buffer, and the number of further vectors like w, in one memory. */
export interface BufferPlan {
  readonly dtype: DType;
  readonly w: number;
  /** The model's state. */
  readonly s: number;
  /** As many as w, or 0 if gradients are computed at w itself. */
  readonly ahead: number;
  readonly inputs: number;
  readonly targets: number;
  readonly masks: number;
  readonly vectors: number;
}

/** All vectors that a net's programs and an optimizer's loops read and write, side by side in one WebAssembly memory. */
export interface Buffers {
  readonly plan: BufferPlan;
  /** The source of the further vectors. */
  readonly arena: Arena;
  readonly w: Vector;
  readonly g: Vector;
  readonly s: Vector;
  readonly nextS: Vector;
  readonly ahead: Vector;
  readonly inputs: Vector;
  readonly targets: Vector;
  readonly masks: Vector;
  readonly loss: Vector;
  readonly correct: Vector;
  readonly fillMask: FillMask;
}

export function allocateBuffers(plan: BufferPlan): Buffers {
  const { dtype, w, s, ahead, inputs, targets, masks, vectors } = plan;
  const lengths = [w, w, ahead, inputs, targets, masks, 1, 1, s, s];
  const others = Array.from({ length: vectors }, () => w);
  const arena = new Arena(Arena.bytesFor([...lengths, ...others].map((length) => ({ dtype, length }))));
  const cut = lengths.map((length) => arena.vector(dtype, length));
  return {
    plan,
    arena,
    w: cut[0],
    g: cut[1],
    ahead: cut[2],
    inputs: cut[3],
    targets: cut[4],
    masks: cut[5],
    loss: cut[6],
    correct: cut[7],
    s: cut[8],
    nextS: cut[9],
    fillMask: maskFiller(arena),
  };
}

const EXACT = ["dtype", "w", "s"] as const;
const GROWING = ["ahead", "inputs", "targets", "masks", "vectors"] as const;

/** The same buffers if they are large enough, else new ones that hold whatever the old ones could. */
export function reuseBuffers(buffers: Buffers | undefined, wanted: BufferPlan): Buffers {
  const { plan } = buffers ?? {};
  if (buffers === undefined || plan === undefined || !EXACT.every((sort) => plan[sort] === wanted[sort]))
    return allocateBuffers(wanted);
  if (GROWING.every((sort) => plan[sort] >= wanted[sort])) return buffers;
  return allocateBuffers({
    ...wanted,
    ahead: Math.max(plan.ahead, wanted.ahead),
    inputs: Math.max(plan.inputs, wanted.inputs),
    targets: Math.max(plan.targets, wanted.targets),
    masks: Math.max(plan.masks, wanted.masks),
    vectors: Math.max(plan.vectors, wanted.vectors),
  });
}
