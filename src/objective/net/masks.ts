import type { FillMask } from "../../device/wasm/index.ts";
import type { Vector } from "../../expr/array.ts";
import { sizeOf } from "../../expr/shape.ts";
import { bits32 } from "../../random/index.ts";
import type { MaskInput } from "./programs.ts";

/** All masks of a step, one after the other; the key names seed, step and mask, so that a resumed run repeats them. */
export function writeMasks(masks: readonly MaskInput[], to: Vector, seed: number, step: number, fill: FillMask): void {
  let at = 0;
  for (const [i, { shape, rate }] of masks.entries()) {
    const size = sizeOf(shape);
    fill(to.subarray(at, at + size), rate, bits32(bits32(seed % 2 ** 32, step), i));
    at += size;
  }
}

/** Each mask's part of the buffer that `writeMasks` fills. */
export function maskViews(masks: readonly MaskInput[], buffer: Vector): Record<string, Vector> {
  const views: Record<string, Vector> = {};
  let at = 0;
  for (const { name, shape } of masks) {
    views[name] = buffer.subarray(at, at + sizeOf(shape));
    at += sizeOf(shape);
  }
  return views;
}
