import { Arena } from "../../device/index.ts";
import { type FillMask, maskFiller } from "../../device/wasm/index.ts";
import type { DType, Vector } from "../../expr/index.ts";

/** What is to lie in one memory: numbers of each sort, and how many vectors like w besides. */
export interface RoomPlan {
  readonly dtype: DType;
  readonly w: number;
  /** The model's state. */
  readonly s: number;
  /** As many as w, or none where gradients are taken at w itself. */
  readonly ahead: number;
  readonly inputs: number;
  readonly targets: number;
  readonly masks: number;
  readonly vectors: number;
}

/** All that a net's programs and an optimizer's loops read and write, side by side in one WebAssembly memory. */
export interface Room {
  readonly plan: RoomPlan;
  /** The vectors besides are still to be cut from it. */
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

export function roomFor(plan: RoomPlan): Room {
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

/** This room where it has all that is wanted, else a new one, in which everything fits that ever fitted in this one. */
export function roomLike(room: Room | undefined, wanted: RoomPlan): Room {
  const { plan } = room ?? {};
  if (room === undefined || plan === undefined || !EXACT.every((sort) => plan[sort] === wanted[sort]))
    return roomFor(wanted);
  if (GROWING.every((sort) => plan[sort] >= wanted[sort])) return room;
  return roomFor({
    ...wanted,
    ahead: Math.max(plan.ahead, wanted.ahead),
    inputs: Math.max(plan.inputs, wanted.inputs),
    targets: Math.max(plan.targets, wanted.targets),
    masks: Math.max(plan.masks, wanted.masks),
    vectors: Math.max(plan.vectors, wanted.vectors),
  });
}
