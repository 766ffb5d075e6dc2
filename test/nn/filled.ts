import { layoutOf, type Model, stateLayoutOf } from "../../src/nn/index.ts";

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** As scripts/goldens/models.py draws numbers from −0.5 to 0.5. */
export const draw = (size: number, start: number): number[] =>
  Array.from({ length: size }, (_, i) => ((i * 7919 + start * 104729) % 10007) / 10007 - 0.5);

/** As the script fills parameters and running means. */
export function filled(model: Model): { readonly w: Float64Array; readonly s: Float64Array } {
  const parts = layoutOf(model).map(({ name, shape }, k) => {
    const fanIn = shape.length === 2 ? shape[0] : sizeOf(shape.slice(1));
    const isScale = shape.length === 1 && name.endsWith("weight");
    const [times, plus] = shape.length > 1 ? [Math.sqrt(24 / fanIn), 0] : [0.4, isScale ? 1 : 0];
    return draw(sizeOf(shape), k).map((x) => x * times + plus);
  });
  const state = stateLayoutOf(model).map(({ shape }, k) => draw(sizeOf(shape), 1000 + k).map((x) => x * 0.4 + (k % 2)));
  return { w: Float64Array.from(parts.flat()), s: Float64Array.from(state.flat()) };
}
