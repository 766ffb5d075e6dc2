import { describe, expect, test } from "vitest";
import type { Dataset } from "../../../src/data/index.ts";
import { lower } from "../../../src/device/onnx/index.ts";
import { webgpuLacks } from "../../../src/device/onnx/webgpu.ts";
import { evaluateOnnx, nodeRuntime } from "../../../src/device/onnx-node/index.ts";
import {
  type ConvolutionOptions,
  conv2d,
  type Expr,
  evaluate,
  grad,
  input,
  type NDArray,
  type Shape,
  sin,
  sum,
} from "../../../src/expr/index.ts";
import { sequential } from "../../../src/nn/index.ts";
import { lenet } from "../../../src/nn/models/index.ts";
import { createTraining, loadDataset } from "../../../src/node/index.ts";
import { gradientDescent } from "../../../src/optimizers/index.ts";
import { distance } from "../distance.ts";
import { gpu } from "./gpu.ts";

const waves = (shape: Shape, phase: number): NDArray => ({
  shape,
  data: Float64Array.from({ length: shape.reduce((size, n) => size * n, 1) }, (_, i) =>
    Math.fround(Math.sin(1.7 * i + phase)),
  ),
});

interface Case {
  readonly channels: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly options?: ConvolutionOptions;
}

/** A convolution of two images of 8 × 8, and the derivatives with respect to images and kernels of a sum of its sines. */
function convolution({ channels, outputs, kernel, options = {} }: Case) {
  const { groups = 1 } = options;
  const feeds = { x: waves([2, channels, 8, 8], 1), w: waves([outputs, channels / groups, kernel, kernel], 2) };
  const [x, w] = [input("x", feeds.x.shape, "f32"), input("w", feeds.w.shape, "f32")];
  const y = conv2d(x, w, options);
  const exprs: Expr[] = [y, ...grad(sum(sin(y)), [x, w])];
  return { exprs, feeds };
}

/**
 * Input channels by threes and output channels by fours, forward or backward; groups of five or six output channels; and what lies beside
 * them.
 */
const cases: Case[] = [
  { channels: 6, outputs: 16, kernel: 5 },
  { channels: 6, outputs: 4, kernel: 3, options: { stride: 2, padding: 1 } },
  { channels: 6, outputs: 4, kernel: 1, options: { stride: 2 } },
  { channels: 9, outputs: 8, kernel: 2, options: { dilation: 2 } },
  { channels: 15, outputs: 4, kernel: 3 },
  { channels: 4, outputs: 6, kernel: 3, options: { padding: { before: [2, 0], after: [1, 2] } } },
  { channels: 8, outputs: 9, kernel: 5, options: { padding: 2 } },
  { channels: 12, outputs: 8, kernel: 3, options: { groups: 2 } },
  { channels: 4, outputs: 10, kernel: 3, options: { groups: 2, stride: 2 } },
  { channels: 2, outputs: 8, kernel: 3, options: { groups: 2, stride: 2 } },
  { channels: 3, outputs: 4, kernel: 3 },
  { channels: 5, outputs: 4, kernel: 3 },
];

const title = ({ channels, outputs, kernel, options }: Case): string =>
  `${channels} → ${outputs} channels, kernel ${kernel}, ${JSON.stringify(options ?? {})}`;

/** A sine of a shader may be off by 2⁻¹¹. */
const TOLERANCE = 2 ** -9;

describe("a convolution lowered for WebGPU", () => {
  test.each(cases.map((each) => [title(each), each] as const))(
    "keeps its values and derivatives: %s",
    async (_, each) => {
      const { exprs, feeds } = convolution(each);
      const cpu = await nodeRuntime();
      const actual = await evaluateOnnx(exprs, feeds, { ...cpu, lacks: webgpuLacks });
      for (const [k, value] of evaluate(exprs, feeds).entries()) expect(distance(value, actual[k])).toBeLessThan(1e-4);
    },
  );

  const padded = (each: Case, lacks?: ReadonlySet<string>): number => {
    const [y] = convolution(each).exprs;
    return lower({ y }, lacks).nodes.filter(({ type }) => type === "Pad").length;
  };

  test("gets channels of zeros where they come by threes, there alone", () => {
    const counts = Array.from({ length: 24 }, (_, i) => i + 1);
    const found = counts.filter((channels) => padded({ channels, outputs: 4, kernel: 3 }, webgpuLacks) > 0);
    expect(found).toEqual([6, 9, 15, 18, 21]);
    expect(counts.filter((channels) => padded({ channels, outputs: 4, kernel: 3 }) > 0)).toEqual([]);
  });

  test("is divided by groups where output channels by fours or twos lie in two of them, there alone", () => {
    const sizes = Array.from({ length: 9 }, (_, i) => i + 1);
    const convs = (groups: number, size: number): number => {
      const [y] = convolution({ channels: groups, outputs: groups * size, kernel: 3, options: { groups } }).exprs;
      return lower({ y }, webgpuLacks).nodes.filter(({ type }) => type === "Conv").length;
    };
    const divided = (groups: number): number[] => sizes.filter((size) => convs(groups, size) === groups);
    expect([2, 3, 4].map(divided)).toEqual([[5, 6, 7, 9], [], [5, 6, 7, 9]]);
  });
});

// SwiftShader takes seconds to compile the kernels of a net, and far longer on a busy machine.
describe.skipIf(gpu === undefined)("on a GPU", { timeout: 300_000 }, () => {
  test.each(cases.map((each) => [title(each), each] as const))("the reference's: %s", async (_, each) => {
    if (gpu === undefined) return;
    const { exprs, feeds } = convolution(each);
    const actual = await evaluateOnnx(exprs, feeds, gpu);
    for (const [k, value] of evaluate(exprs, feeds).entries())
      expect(distance(value, actual[k])).toBeLessThan(TOLERANCE);
  });

  test("LeNet has the processor's losses", async () => {
    const digits = await loadDataset("digits");
    const data: Dataset = { ...digits, inputShape: [1, 8, 8] };
    const there = await firstSteps(data, "webgpu");
    const here = await firstSteps(data, "cpu");
    for (const [i, number] of here.entries()) expect(there[i]).toBeCloseTo(number, 4);
  });
});

/** The losses and gradient norms of LeNet's first two steps, on batches of four. */
async function firstSteps(data: Dataset, device: "cpu" | "webgpu"): Promise<number[]> {
  const model = sequential([1, 8, 8], lenet([1, 8, 8], 10));
  const optimizer = gradientDescent({ lr: 0.05 });
  const training = await createTraining({ model, data, optimizer, batchSize: 4, seed: 1, device });
  const numbers: number[] = [];
  for await (const event of training) {
    if (event.kind !== "batch") continue;
    numbers.push(event.loss, event.gradientNorm);
    if (event.step === 2) break;
  }
  return numbers;
}
