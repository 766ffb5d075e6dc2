// Downhill as its users run it: the training loop itself, from one batch's event to the next. A step gathers the batch,
// computes cost and gradient, checks that the gradient is finite, and updates.
import { createTraining, mlp } from "../../dist/src/node/index.js";
import { adam } from "../../dist/src/optimizers/index.js";
import { measure, settings } from "../contender.mjs";
import { readProblem, SEED } from "./problem.mjs";

const { sizes, batch, dropout, threads } = settings;
const { weights, inputs, labels } = readProblem(settings);
const train = { count: labels.length, inputs, targets: labels };
const one = { count: 1, inputs: inputs.subarray(0, sizes[0]), targets: labels.subarray(0, 1) };
const training = await createTraining({
  model: mlp(sizes, { dropout }),
  data: {
    name: "benchmark",
    task: "classification",
    inputShape: [sizes[0]],
    outputs: sizes.at(-1),
    train,
    validation: one,
    test: one,
  },
  optimizer: adam(),
  batchSize: batch,
  epochs: Number.MAX_SAFE_INTEGER,
  seed: SEED,
  initial: weights,
  threads,
});

const events = training[Symbol.asyncIterator]();
await measure(async () => {
  for (;;) {
    const { value } = await events.next();
    if (value.kind === "batch") return value.loss;
  }
});
await events.return();
