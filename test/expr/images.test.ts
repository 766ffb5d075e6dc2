import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { constant, type Expr, evaluate, grad, hvp, input, type NDArray } from "../../src/expr/index.ts";
import { averagePool, conv2d, conv2dImages, conv2dKernels, dot, maxPool, mul } from "../../src/expr/operators/index.ts";
import { parseExpression } from "../../src/expr/text/index.ts";

interface Golden {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

type Tensors = Readonly<Record<string, Golden>>;

interface Case {
  readonly text: string;
  readonly inputs: Tensors;
  readonly weights: Golden;
  readonly directions?: Tensors;
  readonly value: Golden;
  readonly gradients: Tensors;
  readonly second?: Tensors;
}

const file = new URL("../goldens/expr/images.json", import.meta.url);
const { by, cases }: { by: string; cases: readonly Case[] } = JSON.parse(readFileSync(file, "utf8"));

const arrayOf = ({ shape, data }: Golden): NDArray => ({ shape, data: Float64Array.from(data) });
const fixed = ({ shape, data }: Golden): Expr => constant(Float64Array.from(data), "f64", shape);
/** −0 and 0 are equal. */
const plain = ({ shape, data }: NDArray): Golden => ({ shape, data: Array.from(data, (x) => x + 0) });

describe(`by ${by}, to the bit`, () => {
  it.each(cases)("$text", ({ text, inputs, weights, directions, value, gradients, second }) => {
    const names = Object.keys(inputs);
    const tensors = names.map((name) => input(name, inputs[name].shape));
    const y = parseExpression(text, Object.fromEntries(tensors.map((x) => [x.name, x])));
    const loss = dot(fixed(weights), second === undefined ? y : mul(y, y));
    const feeds = Object.fromEntries(names.map((name) => [name, arrayOf(inputs[name])]));
    const [result, ...slopes] = evaluate([y, ...grad(loss, tensors)], feeds);
    expect(plain(result)).toEqual(value);
    expect(slopes.map(plain)).toEqual(names.map((name) => gradients[name]));
    if (directions === undefined || second === undefined) return;
    const curved = hvp(
      loss,
      tensors,
      names.map((name) => fixed(directions[name])),
    );
    expect(evaluate(curved, feeds).map(plain)).toEqual(names.map((name) => second[name]));
  });
});

describe("the windows of an image", () => {
  const counting = (shape: readonly number[]): Expr =>
    constant(
      Float64Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i),
      "f64",
      shape,
    );
  const numbers = (expr: Expr): number[] => [...evaluate([expr])[0].data];
  const image = counting([1, 1, 3, 3]);

  it("means count only what lies in the image, unless padding is counted", () => {
    const options = { kernel: 2, stride: 2, padding: { before: 1, after: 0 } } as const;
    expect(numbers(averagePool(image, options))).toEqual([0, 1.5, 4.5, 6]);
    expect(numbers(averagePool(image, { ...options, countPadding: true }))).toEqual([0, 0.75, 2.25, 6]);
    expect(numbers(averagePool(counting([1, 1, 2, 4]), { kernel: 2 }))).toEqual([2.5, 4.5]);
  });

  it("the largest value below 0 beats what is outside, and NaN beats every number", () => {
    const below = constant([-5, -4, -3, -2], "f64", [1, 1, 2, 2]);
    const options = { kernel: 3, stride: 2, padding: 1 };
    expect(numbers(maxPool(below, options))).toEqual([-2]);
    const odd = constant([-5, Number.NaN, 7, Number.NaN], "f64", [1, 1, 2, 2]);
    const x = input("x", [1, 1, 2, 2]);
    const [slope] = grad(dot(maxPool(x, options), 1), [x]);
    expect([...evaluate([slope], { x: odd.kind === "constant" ? odd.value : [] })[0].data]).toEqual([0, 0, 0, 1]);
  });

  it.each<[string, () => Expr, RegExp]>([
    ["rank", () => conv2d(counting([3, 3]), counting([1, 1, 2, 2])), /conv2d: a tensor has shape \[3, 3\]; images are/],
    [
      "channels",
      () => conv2d(counting([1, 2, 3, 3]), counting([4, 3, 2, 2])),
      /conv2d: images of 2 channels in 1 groups do not fit kernels of shape \[4, 3, 2, 2\]; they need 3 channels/,
    ],
    ["groups", () => conv2d(image, counting([1, 1, 2, 2]), { groups: 1.5 }), /conv2d: groups is 1.5/],
    [
      "size",
      () => conv2d(image, counting([1, 1, 4, 2])),
      /conv2d: a window of 4 × 2 does not fit into an image of 3 × 3; take/,
    ],
    [
      "size with padding",
      () => conv2d(image, counting([1, 1, 3, 3]), { padding: 1, dilation: 3 }),
      /a window of 7 × 7 does not fit into an image of 3 × 3, padded by \[1, 1\] and \[1, 1\],/,
    ],
    ["stride", () => conv2d(image, counting([1, 1, 2, 2]), { stride: 0 }), /conv2d: stride is 0/],
    ["padding", () => conv2d(image, counting([1, 1, 2, 2]), { padding: -1 }), /conv2d: padding is -1/],
    ["outside", () => maxPool(image, { kernel: 2, stride: 2, padding: 2 }), /maxPool: a window of 2 × 2 lies outside/],
    [
      "pooled rank",
      () => maxPool(counting([3, 3]), { kernel: 2 }),
      /maxPool: the images have shape \[3, 3\]; they must/,
    ],
    [
      "outputs",
      () => conv2dImages(counting([1, 1, 3, 3]), counting([1, 1, 2, 2]), [1, 1, 3, 3]),
      /conv2dImages: outputs of shape \[1, 1, 3, 3\] are not those of images of shape \[1, 1, 3, 3\]/,
    ],
    [
      "kernels",
      () => conv2dKernels(image, counting([1, 1, 2, 2]), [1, 2, 2, 2]),
      /conv2dKernels: outputs of shape \[1, 1, 2, 2\] are not those/,
    ],
  ])("refuses what does not fit: %s", (_, build, message) => {
    expect(build).toThrow(message);
  });
});
