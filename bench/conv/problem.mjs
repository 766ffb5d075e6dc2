// One problem for all contenders of a convolutional net's step: first weights, examples and their order, as plain files.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { initialize, parameterCount, Random, samplers } from "../../dist/src/index.js";
import { SEED } from "../step/problem.mjs";
import { modelOf } from "./nets.mjs";

/** Batches in an epoch: more than any cache holds. */
const BATCHES = 10;
const CLASSES = 10;

/** Writes weights.f32, inputs.f32, labels.f32 and order.u32, the examples' indices batch after batch. */
export function writeProblem(folder, { net, batch, warmUp, steps }) {
  const random = new Random(SEED, "benchmark");
  const model = modelOf(net);
  const count = BATCHES * batch;
  const write = (file, numbers) => writeFileSync(join(folder, file), numbers);

  const weights = new Float32Array(parameterCount(model));
  initialize(model, weights, SEED);
  write("weights.f32", weights);
  write(
    "inputs.f32",
    new Float32Array(count * model.inputShape.reduce((a, b) => a * b)).map(() => random.normal()),
  );
  write(
    "labels.f32",
    new Float32Array(count).map(() => random.integer(CLASSES)),
  );

  const order = samplers.shuffled({ count, batchSize: batch, seed: SEED });
  const epochs = Math.ceil((warmUp + steps) / BATCHES);
  const orders = Array.from({ length: epochs }, (_, epoch) => [...order.epoch(epoch)]);
  write("order.u32", Uint32Array.from(orders.flat()));
}
