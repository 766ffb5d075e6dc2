// Downhill as its users run it: the training loop itself, from one batch's event to the next. A step gathers the batch,
// computes loss and gradient, checks that the gradient is finite, and updates.
import { createTraining } from "../../dist/src/node/index.js";
import { adam } from "../../dist/src/optimizers/index.js";
import { measure, settings } from "../contender.mjs";
import { readProblem, SEED } from "../step/problem.mjs";
import { modelOf } from "./nets.mjs";

const { net, batch, threads } = settings;
const { weights, inputs, labels } = readProblem(settings);
const model = modelOf(net);
const train = { count: labels.length, inputs, targets: labels };
const one = { count: 1, inputs: inputs.subarray(0, inputs.length / labels.length), targets: labels.subarray(0, 1) };
const training = await createTraining({
  model,
  data: {
    ...{ name: "benchmark", task: "classification", inputShape: model.inputShape, outputs: 10 },
    ...{ train, validation: one, test: one },
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
