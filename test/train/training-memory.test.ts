import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sourceOf } from "../../src/data/index.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import {
  type ActivationName,
  dense,
  functionModel,
  meanSquaredError,
  mlp,
  parameterCount,
  sequential,
} from "../../src/nn/index.ts";
import { Engine } from "../../src/objective/index.ts";
import { adam, gradientDescent, momentum, nesterov } from "../../src/optimizers/index.ts";
import { evaluationMemory, largestBatch, type MemoryOptions, trainingMemory } from "../../src/train/index.ts";
import { checkMemory } from "../../src/train/memory.ts";
import { centring } from "../nn/running-mean.ts";

interface Golden {
  readonly sizes: readonly number[];
  readonly activation: ActivationName;
  readonly batch: number;
  readonly saved: readonly number[];
}

const { cases }: { cases: readonly Golden[] } = JSON.parse(
  readFileSync(new URL("../goldens/train/saved-tensors.json", import.meta.url), "utf8"),
);
const net = mlp([784, 1000, 1000, 10]);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0);

describe("the memory of training", () => {
  it.each(cases)(
    "keeps the activations that PyTorch keeps: $activation, $sizes, batch $batch",
    ({ sizes, activation, batch, saved }) => {
      const options = { model: mlp(sizes, { activation }), optimizer: adam(), batchSize: batch };
      // Labels are kept as rows of zeros and a one, where PyTorch keeps the given indices.
      const rows = batch * sizes[sizes.length - 1];
      expect(trainingMemory(options).activations).toBe(4 * (sum(saved) + rows));
      expect(trainingMemory({ ...options, dtype: "f64" }).activations).toBe(8 * (sum(saved) + rows));
    },
  );

  it("is what a count by hand says", () => {
    const n = 784 * 1000 + 1000 + 1000 * 1000 + 1000 + 1000 * 10 + 10;
    expect(parameterCount(net)).toBe(n);
    const memory = trainingMemory({ model: net, optimizer: adam(), batchSize: 128 });
    expect(memory).toEqual({
      parameters: 4 * n,
      gradients: 4 * n,
      optimizer: 8 * n,
      copy: 4 * n,
      state: 0,
      batch: 4 * 128 * (784 + 1),
      // Two hidden layers, the labels' rows and the logarithms of the probabilities.
      activations: 4 * 128 * (1000 + 1000 + 10 + 10),
      // On the way through the second hidden layer to the first: where units are on, and the slopes by their outputs and
      // sums, of one layer and by outputs and sums of the next; the ten outputs' slopes in place of logarithms and labels.
      backward: 4 * 128 * (4 * 1000 - 10),
      total: 20 * n + 4 * 128 * (785 + 2020 + 3990),
    });
  });

  it("counts what each optimizer keeps", () => {
    const n = parameterCount(net);
    const kept = [gradientDescent(), momentum(), nesterov(), adam()].map(
      (optimizer) => trainingMemory({ model: net, optimizer, batchSize: 1 }).optimizer / (4 * n),
    );
    // Nesterov's point ahead is a vector, too.
    expect(kept).toEqual([0, 1, 2, 2]);
  });

  it.each([
    ["f32", 4],
    ["f64", 8],
  ] as const)("counts a model's state, as it is, as a batch makes it, and as it was: %s", (dtype, bytes) => {
    const model = sequential([6], [centring.with({ rate: 0.5 }), dense(2)]);
    const { state, total, ...parts } = trainingMemory({ model, optimizer: adam(), batchSize: 8, dtype });
    expect(state).toBe(3 * 6 * bytes);
    expect(total).toBe(state + sum(Object.values(parts)));
  });

  it("counts dropout's masks with the batch, and what they make with the activations", () => {
    const [plain, dropped] = [0, 0.5].map((dropout) =>
      trainingMemory({ model: mlp([20, 30, 5], { dropout }), optimizer: adam(), batchSize: 8 }),
    );
    expect(dropped.batch - plain.batch).toBe(4 * 8 * 30);
    expect(dropped.activations - plain.activations).toBe(4 * 8 * 30);
  });

  it("keeps nothing for a linear function of its parameters but its errors", () => {
    const model = functionModel({
      inputShape: [3],
      parameters: mlp([3, 2]).parameters,
      loss: meanSquaredError,
      predict: (w, x) => mlp([3, 2]).forward(w, {}, x, { training: true, mask: () => x }).outputs,
    });
    const { activations, batch } = trainingMemory({ model, optimizer: adam(), batchSize: 10, targetSize: 2 });
    expect([activations, batch]).toEqual([4 * 10 * 2, 4 * 10 * (3 + 2)]);
  });

  it("refuses batches that are none", () => {
    const options = { model: net, optimizer: adam() };
    for (const batchSize of [0, -1, 1.5, Number.NaN])
      expect(() => trainingMemory({ ...options, batchSize })).toThrow(/batchSize is .*; it must be a whole number, 1/);
    for (const bytes of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => largestBatch(bytes, options)).toThrow(/the memory is .* bytes; a positive number is needed/);
  });
});

describe("the largest batch that fits", () => {
  const total = (options: MemoryOptions): number => trainingMemory(options).total;

  it.each([gradientDescent(), momentum(), adam()].map((optimizer) => [optimizer.name, optimizer] as const))(
    "fits, and one example more does not: %s",
    (_, optimizer) => {
      const options = { model: net, optimizer };
      for (const bytes of [50e6, 1e9, 8e9]) {
        const batchSize = largestBatch(bytes, options);
        expect(total({ ...options, batchSize })).toBeLessThanOrEqual(bytes);
        expect(total({ ...options, batchSize: batchSize + 1 })).toBeGreaterThan(bytes);
      }
    },
  );

  it("is 0 where the parameters alone are too many, and 1 where just one example fits", () => {
    const options = { model: net, optimizer: adam() };
    const one = total({ ...options, batchSize: 1 });
    expect(largestBatch(20e6, options)).toBe(0);
    expect(largestBatch(one - 1, options)).toBe(0);
    expect(largestBatch(one, options)).toBe(1);
  });

  it("does not ask for more than one WebAssembly memory holds", () => {
    // A net without hidden layers: the batch itself takes more than its activations.
    const options = { model: mlp([784, 10]), optimizer: adam() };
    const { batch, parameters, gradients, optimizer, copy } = trainingMemory({
      ...options,
      batchSize: largestBatch(64e9, options),
    });
    const together = batch + parameters + gradients + optimizer + copy;
    expect(together).toBeLessThanOrEqual(2 ** 32);
    expect(together + 4 * 785).toBeGreaterThan(2 ** 32);
  });
});

describe("a run that needs more than one WebAssembly memory", () => {
  // (1023 + 1)·10 = 10,240 parameters, three times (w, the gradient and the copy), and 1023 inputs and a label for each example:
  // 30,720 + 1024·batchSize values are 2³⁰ for 1,048,546 examples.
  const options = { model: mlp([1023, 10]), optimizer: gradientDescent() };
  const most = 1_048_546;

  it("is refused from the first byte too many, and not before", () => {
    expect(() => checkMemory({ ...options, batchSize: most })).not.toThrow();
    expect(() => checkMemory({ ...options, batchSize: most + 1 })).toThrow(RangeError);
    expect(() => checkMemory({ ...options, batchSize: most + 1 })).toThrow(
      "training 10240 parameters on batches of 1048547 takes 4.29 GB in one memory, which has 4.29 GB at most",
    );
  });

  it("is not proposed either", () => {
    expect(largestBatch(64e9, options)).toBe(most);
  });
});

describe("ONNX Runtime", () => {
  it.each(["relu", "tanh", "gelu"] as const)("takes about as much, and not more: %s", async (activation) => {
    const model = mlp([16, 300, 300, 10], { activation });
    const growth = async (batchSize: number): Promise<number> => {
      const examples = {
        count: batchSize,
        inputs: new Float32Array(16 * batchSize).fill(1),
        targets: new Float32Array(batchSize),
      };
      const indices = Uint32Array.from({ length: batchSize }, (_, i) => i);
      const engine = new Engine(await nodeDevice({ backend: "onnx", threads: 1 }));
      const { w } = engine.begin({ model, batchSize, dtype: "f32" });
      // What was never written to is not in memory yet.
      w.fill(0.01);
      await engine.prepare([batchSize]);
      await engine.gradient(sourceOf(examples), indices, { step: 1 });
      await engine.dispose();
      await engine.prepare([batchSize]);
      const before = process.memoryUsage().rss;
      await engine.gradient(sourceOf(examples), indices, { step: 1 });
      const after = process.memoryUsage().rss;
      await engine.dispose();
      return after - before;
    };
    const needed = (batchSize: number): number => {
      const { activations, backward } = trainingMemory({ model, optimizer: adam(), batchSize });
      return activations + backward;
    };
    await growth(1000);
    const ratio = (await growth(16_000)) / needed(16_000);
    // Where it computes values in the place of others, less.
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(1.1);
  });
});

describe("the memory of an evaluation", () => {
  it("has the parameters twice, a batch, and the two largest neighbours of the activations", () => {
    const model = mlp([20, 300, 200, 5]);
    const batchSize = 50;
    const fixed = 4 * (2 * parameterCount(model) + batchSize * (20 + 1));
    // A layer's sums are computed from the layer before; ReLU's outputs from the sums.
    const activations = evaluationMemory({ model, batchSize }) - fixed;
    expect(activations).toBeGreaterThanOrEqual(4 * batchSize * (300 + 300));
    expect(activations).toBeLessThan(4 * batchSize * (300 + 300 + 200));
    expect(evaluationMemory({ model, batchSize, dtype: "f64" })).toBe(2 * (fixed + activations));
    expect(evaluationMemory({ model, batchSize })).toBeLessThan(
      trainingMemory({ model, batchSize, optimizer: gradientDescent() }).total,
    );
    expect(() => evaluationMemory({ model, batchSize: 0 })).toThrow(/batchSize is 0/);
  });
});
