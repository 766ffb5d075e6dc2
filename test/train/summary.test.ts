import { describe, expect, it } from "vitest";
import { sin } from "../../src/expr/index.ts";
import { dense, functionModel, meanSquaredError, mlp, sequential } from "../../src/nn/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { summary, trainingMemory } from "../../src/train/index.ts";
import { centring } from "../nn/running-mean.ts";

describe("a model's summary", () => {
  it("counts what its layers have and do", () => {
    const { layers, ...all } = summary(mlp([784, 1000, 10], { dropout: 0.2 }));
    expect(layers).toEqual([
      {
        ...{ name: "layer1", kind: "dense", options: { units: 1000, activation: "relu" }, outputShape: [1000] },
        ...{ parameters: 785_000, state: 0, multiplyAdds: 784_000, layers: [] },
      },
      {
        ...{ name: "layer2", kind: "dropout", options: { rate: 0.2 }, outputShape: [1000] },
        ...{ parameters: 0, state: 0, multiplyAdds: 0, layers: [] },
      },
      {
        ...{ name: "layer3", kind: "dense", options: { units: 10 }, outputShape: [10] },
        ...{ parameters: 10_010, state: 0, multiplyAdds: 10_000, layers: [] },
      },
    ]);
    expect(all).toMatchObject({ parameters: 795_010, multiplyAdds: 794_000, weights: 4 * 795_010 });
  });

  it("tells the memory of the training that is asked for", () => {
    const model = mlp([20, 30, 5]);
    const options = { optimizer: gradientDescent(), batchSize: 8, dtype: "f64" } as const;
    expect(summary(model, options).training).toEqual(trainingMemory({ model, ...options }));
    expect(summary(model, options).weights).toBe(8 * 785);
    expect(() => summary(model, { batchSize: 0 })).toThrow("batchSize is 0");
  });

  it("has a state, and functions without a name", () => {
    const found = summary(sequential([2], [dense(3, { activation: (x) => sin(x) }), centring.with({}), dense(1)]));
    expect(found.layers.map(({ options, state }) => [options, state])).toEqual([
      [null, 0],
      [{}, 3],
      [{ units: 1 }, 0],
    ]);
    expect([found.state, found.weights]).toEqual([3, 4 * (9 + 3 + 4 + 3)]);
  });

  it("knows of a function how many parameters it has, and not what it does", () => {
    const parameters = mlp([3, 1]).parameters;
    const model = functionModel({ inputShape: [3], parameters, loss: meanSquaredError, predict: (_, x) => x });
    expect(summary(model, { targetSize: 3 })).toMatchObject({ layers: [], parameters: 4, multiplyAdds: null });
  });
});
