import { readFileSync } from "node:fs";
import { nodeDevice } from "../../../src/device/node/index.ts";
import {
  activation,
  batchNorm,
  conv2d,
  dense,
  globalAverage,
  type Model,
  maxPool,
  mlp,
  residual,
  sequential,
} from "../../../src/nn/index.ts";
import { NetObjective, type NetObjectiveOptions } from "../../../src/solvers/index.ts";
import { draw, filled, sizeOf } from "../../nn/filled.ts";

/** What PyTorch says of a net's Hessian. */
interface Curvature {
  readonly count: number;
  readonly loss: number;
  readonly eigenvalues: readonly number[];
  readonly trace: number;
  /** The means of λᵏ for k = 0 … 4. */
  readonly moments: readonly number[];
  readonly frobeniusOffDiagonal: number;
  readonly alongGradient: number;
  readonly ofWeightsAlone: readonly [smallest: number, largest: number];
}

interface Golden {
  readonly convnet: Curvature;
  readonly mlp: Curvature;
  readonly adam: {
    readonly lr: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly eps: number;
    readonly after: readonly { readonly t: number; readonly loss: number; readonly sharpness: number }[];
  };
}

const file = new URL("../../goldens/landscape/curvature.json", import.meta.url);
export const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

const conv = (filters: number, stride = 1) => conv2d(filters, 3, { stride, padding: 1, bias: false });

/** Batch normalisation, a shortcut and max-pooling, on 8 × 8 images. */
export const convnet = sequential(
  [2, 8, 8],
  [
    ...[conv(4), batchNorm(), activation("relu")],
    residual([conv(4), batchNorm(), activation("relu"), conv(4), batchNorm()]),
    ...[activation("relu"), maxPool(2), conv(5, 2), batchNorm(), activation("relu")],
    ...[globalAverage(), dense(4)],
  ],
  { name: "convnet" },
);

export const tanhMlp = mlp([6, 8, 7, 4], { activation: "tanh" });

/** A net on twelve examples as scripts/goldens/curvature.py has it, and its weights. */
export async function settingOf(model: Model, options: Partial<NetObjectiveOptions> = {}) {
  const count = 12;
  const { w, s } = filled(model);
  const objective = new NetObjective({
    model,
    examples: {
      count,
      inputs: Float64Array.from(draw(count * sizeOf(model.inputShape), 5)),
      targets: Float64Array.from({ length: count }, (_, i) => (i * 5) % 4),
    },
    state: s,
    device: await nodeDevice({ device: "cpu" }),
    ...options,
  });
  return { objective, w };
}
