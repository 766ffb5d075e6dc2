// Where the time of a training step goes: the real training loop, with the clock read at each border between its parts.
//   node bench/step/profile.mjs [--dropout 0.5] [--threads 2] [--batch 128] [--steps 400] [SIZE SIZE …]
import { parseArgs } from "node:util";
import { nodeDevice } from "../../dist/src/device/node/device.js";
import { mlp, Random } from "../../dist/src/index.js";
import { Engine } from "../../dist/src/objective/net/engine.js";
import { adam } from "../../dist/src/optimizers/index.js";
import { Training } from "../../dist/src/train/training.js";
import { quartiles } from "../quartiles.mjs";

const flags = { dropout: "0", threads: "2", batch: "128", steps: "400" };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, { type: "string", default: value }])),
});
const [dropout, threads, batch, steps] = Object.keys(flags).map((name) => Number(values[name]));
const sizes = positionals.length > 0 ? positionals.map(Number) : [784, 1000, 1000, 10];
const WARM_UP = 50;

/** Milliseconds of each part, one number a step. */
const parts = new Map();
let last = 0;
/** What came since the last mark was this part. */
function mark(part) {
  const now = performance.now();
  const times = parts.get(part) ?? [];
  times.push(now - last);
  parts.set(part, times);
  last = now;
}

const random = new Random(1);
const count = 60 * batch;
const examples = {
  count,
  inputs: new Float32Array(count * sizes[0]).map(() => random.normal()),
  targets: new Float32Array(count).map(() => random.integer(sizes.at(-1))),
};
const one = { count: 1, inputs: examples.inputs.subarray(0, sizes[0]), targets: examples.targets.subarray(0, 1) };
const shape = { inputShape: [sizes[0]], outputs: sizes.at(-1) };
const data = { name: "profile", task: "classification", ...shape, train: examples, validation: one, test: one };

const optimizer = adam();
const clockedOptimizer = {
  ...optimizer,
  bind: (...args) => {
    const step = optimizer.bind(...args);
    return () => {
      mark("gradient norm");
      const sound = step();
      mark("update");
      return sound;
    };
  },
};
const device = await nodeDevice({ threads });
const clockedDevice = {
  ...device,
  prepare: async (...args) => {
    const runnable = await device.prepare(...args);
    const run = async () => {
      mark("batch and masks");
      await runnable.run();
      mark("forward and backward");
    };
    return { ...runnable, run };
  },
};
const options = { model: mlp(sizes, { dropout }), data, optimizer: clockedOptimizer, batchSize: batch };
const training = new Training({ ...options, maxSteps: WARM_UP + steps, epochs: 1e6 }, new Engine(clockedDevice));

last = performance.now();
for await (const { kind } of training) {
  if (kind === "batch") mark("event");
  last = performance.now();
}

let whole = 0;
for (const [part, times] of parts) {
  const microseconds = 1000 * quartiles(times.slice(WARM_UP)).median;
  whole += microseconds;
  console.log(`${part.padEnd(21)} ${microseconds.toFixed(0).padStart(7)} µs`);
}
console.log(`${"together".padEnd(21)} ${whole.toFixed(0).padStart(7)} µs`);
