import type { Dataset, Examples } from "../../src/data/index.ts";
import { Random } from "../../src/index.ts";
import { rangeOf } from "../plain.ts";

/** The length of an image's side, as the net takes it. */
export const SIDE = 16;

/** Digits as the net of 1989 was trained on them. */
export interface SmallDigits extends Pick<Dataset, "name" | "inputShape" | "outputs" | "task"> {
  readonly train: Examples;
  readonly test: Examples;
}

/**
 * A draw of so many training and test digits, as 16 × 16 pixels from −1 (paper) to 1 (ink), with targets of 1 for the class and −1 for
 * the others. 1989's own digits are lost; in 2022 they were replaced by such a draw from MNIST.
 */
export function smallDigits(
  { name, inputShape, classes, train, test }: Dataset,
  counts: readonly [number, number],
): SmallDigits {
  const [, side] = inputShape;
  const [low, high] = rangeOf(train.inputs);
  const some = (examples: Examples, count: number, of: string): Examples => {
    const chosen = new Random(1, `lecun-1989 ${of}`).permutation(examples.count).subarray(0, count);
    const size = side * side;
    const inputs = new Float32Array(chosen.length * SIDE * SIDE);
    const targets = new Float32Array(chosen.length * classes.length).fill(-1);
    for (const [i, index] of chosen.entries()) {
      const pixels = Float64Array.from(
        examples.inputs.subarray(index * size, (index + 1) * size),
        (value) => (2 * (value - low)) / (high - low) - 1,
      );
      inputs.set(resized(pixels, side), i * SIDE * SIDE);
      targets[i * classes.length + examples.targets[index]] = 1;
    }
    return { count: chosen.length, inputs, targets };
  };
  const about = { name, inputShape: [SIDE * SIDE], outputs: classes.length, task: "regression" } as const;
  return { ...about, train: some(train, counts[0], "training"), test: some(test, counts[1], "test") };
}

/**
 * A square image in another size, by bilinear interpolation between the four nearest pixels, whose centres are aligned at half a pixel (as in
 * PyTorch's `interpolate` without corners and without smoothing).
 */
export function resized(pixels: ArrayLike<number>, side: number, to = SIDE): Float64Array {
  const places = Array.from({ length: to }, (_, i) => {
    const at = Math.max(0, ((i + 0.5) * side) / to - 0.5);
    const first = Math.min(side - 1, Math.floor(at));
    return { first, second: Math.min(side - 1, first + 1), part: at - first };
  });
  return Float64Array.from({ length: to * to }, (_, k) => {
    const [y, x] = [places[Math.floor(k / to)], places[k % to]];
    const row = (at: number): number =>
      (1 - x.part) * pixels[at * side + x.first] + x.part * pixels[at * side + x.second];
    return (1 - y.part) * row(y.first) + y.part * row(y.second);
  });
}
