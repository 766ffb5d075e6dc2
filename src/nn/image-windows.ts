import type { Shape } from "../expr/index.ts";
import type { Pair } from "../expr/operators/index.ts";

/** Rows and columns around an image: as many on each side, or "same", as many as it takes for ⌈length / stride⌉ windows. */
export type ImagePadding = number | "same";

/** How the windows of a layer lie over images: the same along height and width. */
export interface ImageWindows {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: ImagePadding;
  /** Default 1. */
  readonly dilation?: number;
}

/**
 * The windows' options for images of this size. With "same" an odd row or column goes below or to the right, as in TensorFlow.
 *
 * @param image [height, width]
 */
export function windowOptions([height, width]: Shape, { kernel, stride, padding, dilation = 1 }: ImageWindows) {
  const laid = { stride, dilation };
  if (padding !== "same") return { ...laid, padding };
  const total = (length: number): number => {
    const windows = Math.ceil(length / stride);
    return Math.max(0, (windows - 1) * stride + (kernel - 1) * dilation + 1 - length);
  };
  const both: [number, number] = [total(height), total(width)];
  const before: Pair = [Math.floor(both[0] / 2), Math.floor(both[1] / 2)];
  return { ...laid, padding: { before, after: [both[0] - before[0], both[1] - before[1]] as const } };
}
