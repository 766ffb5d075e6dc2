import { checkNumber, domains, whole } from "../../../arguments/index.ts";
import type { Attribute } from "../../node.ts";
import { type Shape, showShape } from "../../shape.ts";

/** A length along the height and one along the width; a single number stands for both. */
export type Pair = number | readonly [height: number, width: number];

/** How windows are laid over images. */
export interface WindowOptions {
  /** Steps from one window to the next. Default 1. */
  readonly stride?: Pair;
  /**
   * How many rows and columns the image has around it: zeros for a convolution, nothing for a maximum. By default none.
   * `before` is above and left, `after` below and right.
   */
  readonly padding?: Pair | { readonly before: Pair; readonly after: Pair };
  /** Steps from one element of a window to the next. Default 1. */
  readonly dilation?: Pair;
}

type Two = readonly [height: number, width: number];

/** How windows lie over images, along height and width. */
export interface Windows {
  /** Elements of a window. */
  readonly kernel: Two;
  readonly stride: Two;
  readonly dilation: Two;
  readonly before: Two;
  readonly after: Two;
}

/** How the kernels of a convolution lie over images, and over groups of their channels. */
export interface Convolution extends Windows {
  readonly groups: number;
}

/** The options with defaults filled in. Throws a RangeError for lengths that are not whole numbers in their range. */
export function windowsOf(operator: string, kernel: Pair, options: WindowOptions): Windows {
  const { stride = 1, padding = 0, dilation = 1 } = options;
  const around = typeof padding === "object" && "before" in padding ? padding : { before: padding, after: padding };
  const two = (name: string, given: Pair, least: number): Two => {
    const [height, width] = typeof given === "number" ? [given, given] : given;
    for (const length of [height, width])
      checkNumber(`${operator}: ${name}`, length, least === 0 ? whole(0) : domains.count);
    return [height, width];
  };
  return {
    kernel: two("the kernel's length", kernel, 1),
    stride: two("stride", stride, 1),
    dilation: two("dilation", dilation, 1),
    before: two("padding", around.before, 0),
    after: two("padding", around.after, 0),
  };
}

/** The settings by which two operators are equal. */
export const attributesOf = ({ kernel, stride, dilation, before, after }: Windows): Record<string, Attribute> => ({
  ...{ kernel, stride, dilation, before, after },
});

/** From a window's first row or column to its last. */
const extent = ({ kernel, dilation }: Windows, axis: 0 | 1): number => (kernel[axis] - 1) * dilation[axis] + 1;

/**
 * How many windows fit along height and width: ⌊(length + padding − extent) / stride⌋ + 1. Throws a RangeError if none does.
 *
 * @param image [height, width]
 */
export function windowCounts(operator: string, image: Shape, windows: Windows): [height: number, width: number] {
  const count = (axis: 0 | 1): number => {
    const padded = image[axis] + windows.before[axis] + windows.after[axis];
    return Math.floor((padded - extent(windows, axis)) / windows.stride[axis]) + 1;
  };
  const counts: [number, number] = [count(0), count(1)];
  if (counts.every((n) => n > 0)) return counts;
  const { before, after } = windows;
  const around = [...before, ...after].some((n) => n > 0)
    ? `, padded by ${showShape(before)} and ${showShape(after)},`
    : "";
  throw new RangeError(
    `${operator}: a window of ${extent(windows, 0)} × ${extent(windows, 1)} does not fit into an image of ${image[0]} × ${image[1]}${around}; take a smaller window or more padding`,
  );
}

/**
 * Visits the windows' elements in runs: for each element of a window and each row of windows, those along the width that lie inside
 * the image.
 *
 * @param image [height, width]
 * @param counts windows along height and width
 * @param visit gets the window's element, the places of the first image element and the first window, and how many there are; from one
 * to the next, the place in the image grows by the stride along the width, that of the window by 1
 */
export function eachRun(
  image: Shape,
  counts: Shape,
  { kernel, stride, dilation, before }: Windows,
  visit: (element: number, imageAt: number, windowAt: number, count: number) => void,
): void {
  const [height, width] = image;
  for (let ky = 0; ky < kernel[0]; ky++)
    for (let kx = 0; kx < kernel[1]; kx++) {
      const left = kx * dilation[1] - before[1];
      const first = Math.max(0, Math.ceil(-left / stride[1]));
      const last = Math.min(counts[1] - 1, Math.floor((width - 1 - left) / stride[1]));
      if (last < first) continue;
      for (let oy = 0; oy < counts[0]; oy++) {
        const y = oy * stride[0] + ky * dilation[0] - before[0];
        if (y < 0 || y >= height) continue;
        visit(ky * kernel[1] + kx, y * width + first * stride[1] + left, oy * counts[1] + first, last - first + 1);
      }
    }
}
