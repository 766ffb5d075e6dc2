import { describe, expect, it } from "vitest";
import { firstExamples } from "../../lecture/examples.ts";
import { retraining, type Trained } from "../../lecture/retraining.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import { mlp } from "../../src/nn/index.ts";
import { Engine } from "../../src/objective/index.ts";
import { adam, gradientDescent, nesterov } from "../../src/optimizers/index.ts";
import { Training } from "../../src/train/index.ts";

const model = mlp([64, 8, 10]);
const data = await loadDataset("digits");
const examples = firstExamples(data, 320);
const means = await nodeDevice();
const setup = { model, data, examples: () => examples, batchSize: 64, epochs: 3 };

describe("retraining", () => {
  it("trains as Training does, run after run", async () => {
    const small = { ...data, train: examples };
    const training = new Training(
      { model, data: small, optimizer: adam({ lr: 0.01 }), batchSize: 64, epochs: 3, seed: 7 },
      new Engine(means),
    );
    const losses: number[] = [];
    for await (const event of training) if (event.kind === "epoch") losses.push(event.train.loss);
    const runs = await retraining(setup, means, async (train) => {
      const first = await train(adam({ lr: 0.01 }), 7);
      await train(gradientDescent({ lr: 1 }), 8);
      return [first, await train(adam({ lr: 0.01 }), 7)];
    });
    for (const run of runs) {
      expect([...run.w]).toEqual([...training.state.w]);
      expect(run.losses).toEqual(losses);
      expect(run.finalLoss).toBeLessThan(losses[2]);
    }
  });

  it("ends a run that leaves the finite numbers with an infinite loss", async () => {
    const run = await retraining<Trained>(setup, means, (train) => train(gradientDescent({ lr: 1e30 }), 1));
    expect(run.losses).toEqual([Number.POSITIVE_INFINITY]);
    expect(run.finalLoss).toBe(Number.POSITIVE_INFINITY);
  });

  it("takes rules that look ahead", async () => {
    const { losses } = await retraining<Trained>(setup, means, (train) => train(nesterov({ lr: 0.01 }), 1));
    expect(losses[2]).toBeLessThan(losses[0]);
  });

  it("takes each epoch's batches from its own examples, and the last loss from the first epoch's", async () => {
    const none = { ...examples, inputs: new Float32Array(examples.inputs.length) };
    const still = { ...setup, examples: (epoch: number) => (epoch === 1 ? none : examples) };
    const { losses, finalLoss } = await retraining<Trained>(still, means, (train) =>
      train(gradientDescent({ lr: 0 }), 1),
    );
    // Without inputs and with biases of 0, all classes are alike.
    expect(losses[1]).toBeCloseTo(Math.log(10), 5);
    expect(losses[0]).not.toBeCloseTo(Math.log(10), 2);
    expect(losses[2]).toBeCloseTo(losses[0], 5);
    expect(finalLoss).toBeCloseTo(losses[0], 5);
  });
});
