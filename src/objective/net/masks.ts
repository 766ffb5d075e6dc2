import type { FillMask } from "../../device/wasm/index.ts";
import { sizeOf, type Vector } from "../../expr/index.ts";
import { bits32 } from "../../random/index.ts";
import type { MaskInput } from "./pass.ts";

/** The key of a step's masks. */
export interface MaskKey {
  readonly seed: number;
  readonly step: number;
  /** The index of the first example in the whole batch: so an example's masks do not depend on who computes it. */
  readonly first: number;
}

/** Writes all masks of a step, one after the other, each with its own key, so that a resumed run repeats them. */
export function writeMasks(masks: readonly MaskInput[], to: Vector, key: MaskKey, fill: FillMask): void {
  let at = 0;
  for (const [i, { shape, rate }] of masks.entries()) {
    const size = sizeOf(shape);
    const before = (key.first * size) / shape[0];
    fill(to.subarray(at, at + size), rate, bits32(bits32(key.seed % 2 ** 32, key.step), i), before);
    at += size;
  }
}

/** Each mask's view of the buffer that `writeMasks` fills. */
export function maskViews(masks: readonly MaskInput[], buffer: Vector): Record<string, Vector> {
  const views: Record<string, Vector> = {};
  let at = 0;
  for (const { name, shape } of masks) {
    views[name] = buffer.subarray(at, at + sizeOf(shape));
    at += sizeOf(shape);
  }
  return views;
}
