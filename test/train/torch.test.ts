import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as torch from "../../src/compat/torch.ts";
import type { DType } from "../../src/expr/index.ts";
import { mlp } from "../../src/nn/index.ts";
import type { Optimizer } from "../../src/optimizers/index.ts";
import { train } from "../../src/train/node/train.ts";

interface Goldens {
  readonly sizes: number[];
  readonly inputs: number[];
  readonly labels: number[];
  readonly weights: number[];
  readonly batches: number[][];
  readonly cases: { name: string; args: Record<string, number | boolean>; losses: number[] }[];
}

const goldens: Goldens = JSON.parse(readFileSync(new URL("../goldens/train/torch.json", import.meta.url), "utf8"));
const classes: Record<string, (args: Record<string, number | boolean>) => Optimizer> = { ...torch };

/** The golden batches one after the other, so that a sequential epoch takes them as PyTorch did. */
function dataset() {
  const { inputs, labels, batches, sizes } = goldens;
  const rows = batches.flat();
  const part = {
    count: rows.length,
    inputs: Float64Array.from(rows.flatMap((row) => inputs.slice(row * sizes[0], (row + 1) * sizes[0]))),
    targets: Float64Array.from(rows.map((row) => labels[row])),
  };
  return {
    name: "golden",
    task: "classification" as const,
    inputShape: [sizes[0]],
    outputs: 3,
    train: part,
    validation: part,
    test: part,
  };
}

async function losses(
  name: string,
  args: Record<string, number | boolean>,
  dtype: DType,
  backend: "onnx" | "reference",
) {
  const result: number[] = [];
  const options = {
    model: mlp(goldens.sizes),
    data: dataset(),
    optimizer: classes[name](args),
    initial: goldens.weights,
  };
  for await (const event of train({ ...options, batchSize: 10, epochs: 1, sampler: "sequential", dtype, backend }))
    if (event.kind === "batch") result.push(event.loss);
  return result;
}

const worst = (given: readonly number[], wanted: readonly number[]): number =>
  Math.max(...wanted.map((loss, i) => Math.abs(given[i] - loss) / Math.abs(loss)));

describe.each(goldens.cases)("200 steps of torch.optim.$name $args", ({ name, args, losses: wanted }) => {
  it("give PyTorch's losses to 1e-9 in float64 by the reference interpreter", async () => {
    const given = await losses(name, args, "f64", "reference");
    expect(given.length).toBe(200);
    expect(worst(given, wanted)).toBeLessThan(1e-9);
  });

  it("give them to 1e-9 in float64 by ONNX Runtime, too", async () => {
    expect(worst(await losses(name, args, "f64", "onnx"), wanted)).toBeLessThan(1e-9);
  });

  it("give them to 1e-4 in float32 by ONNX Runtime", async () => {
    expect(worst(await losses(name, args, "f32", "onnx"), wanted)).toBeLessThan(1e-4);
  });
});
