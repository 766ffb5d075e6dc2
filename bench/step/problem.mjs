// One problem for all contenders of a training step: first weights, examples and their order, as plain files.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { initialize, mlp, Random, samplers } from "../../dist/src/index.js";

/** Batches in an epoch: enough that no cache holds them all. */
const BATCHES = 60;
/** Decides weights, examples and their order. */
export const SEED = 1;

/** Writes weights.f32, inputs.f32, labels.f32 and order.u32, the examples' indices batch after batch. */
export function writeProblem(folder, { sizes, batch, warmUp, steps }) {
  const random = new Random(SEED, "benchmark");
  const [inputSize, classes] = [sizes[0], sizes.at(-1)];
  const count = BATCHES * batch;
  const write = (file, numbers) => writeFileSync(join(folder, file), numbers);

  const parameters = sizes.slice(1).reduce((sum, units, l) => sum + (sizes[l] + 1) * units, 0);
  const weights = new Float32Array(parameters);
  initialize(mlp(sizes), weights, SEED);
  write("weights.f32", weights);
  write(
    "inputs.f32",
    new Float32Array(count * inputSize).map(() => random.normal()),
  );
  write(
    "labels.f32",
    new Float32Array(count).map(() => random.integer(classes)),
  );

  const order = samplers.shuffled({ count, batchSize: batch, seed: SEED });
  const epochs = Math.ceil((warmUp + steps) / BATCHES);
  const orders = Array.from({ length: epochs }, (_, epoch) => [...order.epoch(epoch)]);
  write("order.u32", Uint32Array.from(orders.flat()));
}

/** What `writeProblem` wrote, and the batches: step k takes the examples `batches[k]`. */
export function readProblem({ folder, batch }) {
  const read = (file) => readFileSync(join(folder, file)).buffer;
  const order = new Uint32Array(read("order.u32"));
  const batches = Array.from({ length: order.length / batch }, (_, k) => order.subarray(k * batch, (k + 1) * batch));
  const [weights, inputs, labels] = ["weights", "inputs", "labels"].map(
    (name) => new Float32Array(read(`${name}.f32`)),
  );
  return { weights, inputs, labels, batches };
}

/** A dense net's layers as views of a vector of all parameters: each weight matrix (inputs × units), then its bias. */
export function layersOf(vector, sizes) {
  let at = 0;
  const take = (length) => {
    at += length;
    return vector.subarray(at - length, at);
  };
  return sizes.slice(1).map((units, l) => ({
    shape: [sizes[l], units],
    weight: take(sizes[l] * units),
    bias: take(units),
  }));
}

/** Copies the rows with the given indices one after the other. */
export function gather(from, rows, size, to) {
  for (let k = 0; k < rows.length; k++) to.set(from.subarray(rows[k] * size, (rows[k] + 1) * size), k * size);
}
