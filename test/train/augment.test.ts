import { expect, test } from "vitest";
import { augmentationPlan } from "../../src/data/augmentation/augmentation.ts";
import { changesOf, imageChanger } from "../../src/data/augmentation/augmented.ts";
import { moons } from "../../src/data/index.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { adam, gradientDescent } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import { type TrainEvent, type TrainOptions, train } from "../../src/train/node/index.ts";
import { createTraining } from "../../src/train/node/train.ts";

const digits = await loadDataset("digits", { limit: 60 });
const model = mlp([64, 6, 10]);
const augment = { padCrop: 2, flip: true };
const optimizer = gradientDescent({ lr: 0.1 });
const usual = { model, data: digits, optimizer, sampler: "sequential", batchSize: 16, epochs: 3, seed: 4 } as const;

async function eventsOf(options: TrainOptions): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  for await (const event of train(options)) events.push(event);
  return events;
}

/** The losses of all batches. */
const losses = (events: readonly TrainEvent[]): number[] =>
  events.flatMap((event) => (event.kind === "batch" ? [event.loss] : []));

test("a run sees in each epoch the images that the draws of this epoch change, and no others", async () => {
  const plan = augmentationPlan(augment, digits);
  if (plan === undefined) throw new Error("nothing is to be changed");
  let epoch = 0;
  // The changed images of every epoch, made beforehand.
  const changed = [0, 1, 2].map((at) => {
    const inputs = digits.train.inputs.slice();
    for (let i = 0; i < 60; i++) imageChanger(plan)(inputs, i * 64, changesOf(plan, usual.seed)(at)(i));
    return inputs;
  });
  const data = {
    ...digits,
    train: {
      ...{ count: 60, inputSize: 64, targetSize: 1 },
      gather: (indices: Uint32Array, inputs: Float32Array | Float64Array, targets: Float32Array | Float64Array) => {
        for (const [row, index] of indices.entries()) {
          inputs.set(changed[epoch].subarray(index * 64, index * 64 + 64), row * 64);
          targets[row] = digits.train.targets[index];
        }
        if (indices.includes(59)) epoch++;
      },
    },
  };
  const expected = losses(await eventsOf({ ...usual, data }));
  const given = losses(await eventsOf({ ...usual, augment }));
  expect(given).toHaveLength(12);
  expect(given).toEqual(expected);
  expect(given).not.toEqual(losses(await eventsOf(usual)));
});

test("validation and test images stay as they are", async () => {
  const still = { ...usual, optimizer: gradientDescent({ lr: 1e-30 }), epochs: 1 };
  const [plain, changed] = [await eventsOf(still), await eventsOf({ ...still, augment })];
  const measured = (events: readonly TrainEvent[]) =>
    events.flatMap((event) => (event.kind === "epoch" ? [event.validation] : event.kind === "end" ? [event.test] : []));
  expect(measured(changed)).toEqual(measured(plain));
  expect(losses(changed)).not.toEqual(losses(plain));
});

test("a saved run goes on only with the same augmentation", async () => {
  const training = await createTraining({ ...usual, augment });
  for await (const event of training) if (event.kind === "batch") break;
  const from = training.save();
  await expect(createTraining({ ...usual, from })).rejects.toThrow("images changed by pad-crop=2,flip");
  await expect(createTraining({ ...usual, augment: { flip: true }, from })).rejects.toThrow("images changed by flip");
  await expect(createTraining({ ...usual, augment, from })).resolves.toBeDefined();
});

test("tables, and solvers, which take all examples in each step, are refused", async () => {
  const points = { ...usual, model: mlp([2, 3, 2]), data: moons({ count: 40 }), optimizer: adam() };
  await expect(createTraining({ ...points, augment })).rejects.toThrow(
    "augment: an example of moons has shape 2; only images can be augmented",
  );
  const { batchSize: _, sampler: __, ...others } = usual;
  await expect(Reflect.apply(createTraining, undefined, [{ ...others, optimizer: lbfgs(), augment }])).rejects.toThrow(
    "lbfgs: augment would change the examples, so each evaluation would give a different loss",
  );
});
