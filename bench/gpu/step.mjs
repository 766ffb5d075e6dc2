// A training step on a GPU beside the same on the processor: forward, backward and Adam's update, from one batch's event to the next.
//   node bench/gpu/step.mjs [--model adam-cnn] [--batch 128] [--steps 40] [--rounds 3] [--devices webgpu,cpu] [--card NAME]
// The devices take turns. It prints a line for each, the ratio of their medians, and all as JSON on the last line. On a machine without a
// GPU, SwiftShader shows that it runs, not how fast: docs/guide/devices.md says how to get it; take --batch 4 --steps 2 --rounds 1.
import { parseArgs } from "node:util";
import { modelFor, parameterCount } from "../../dist/src/nn/index.js";
import { createTraining } from "../../dist/src/node/index.js";
import { adam } from "../../dist/src/optimizers/index.js";
import { machine } from "../machine.mjs";
import { quartiles } from "../quartiles.mjs";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "adam-cnn" },
    batch: { type: "string", default: "128" },
    steps: { type: "string", default: "40" },
    rounds: { type: "string", default: "3" },
    devices: { type: "string", default: "webgpu,cpu" },
    card: { type: "string", default: "not named" },
  },
});
const [batch, steps, rounds] = [values.batch, values.steps, values.rounds].map(Number);
const devices = values.devices.split(",");
/** Steps before the clock starts: memory is allocated in the first, and caches are warm after a few. */
const WARM_UP = Math.min(5, steps);

const data = images(batch * 8);
const model = modelFor(values.model, data);
const times = Object.fromEntries(devices.map((device) => [device, []]));
const losses = Object.fromEntries(devices.map((device) => [device, []]));
const startup = {};
for (let round = 0; round < rounds; round++) for (const device of devices) await run(device, round);

const medians = Object.fromEntries(devices.map((device) => [device, quartiles(times[device])]));
for (const device of devices) {
  const { lower, median, upper } = medians[device];
  const spread = `${lower.toFixed(1)}–${upper.toFixed(1)}`;
  console.log(`${device}: ${median.toFixed(1)} ms a step (${spread}), ${startup[device].toFixed(1)} s to the first`);
}
const [first, second] = devices;
const ratio = second && medians[second].median / medians[first].median;
if (second)
  console.log(`${first} is ${ratio.toFixed(2)} times as fast as ${second}; losses differ by at most ${difference()}`);
const settings = { model: values.model, parameters: parameterCount(model), batch, steps, rounds };
console.log(
  JSON.stringify({
    date: new Date().toISOString(),
    card: values.card,
    ...machine(),
    settings,
    medians,
    startup,
    ratio,
  }),
);

/** A few batches of numbers in the shape of CIFAR-10: what is in them makes no difference to the time. */
function images(count) {
  const size = 3 * 32 * 32;
  const inputs = Float32Array.from({ length: count * size }, (_, i) => Math.sin(i * 12.9898) * 1.2);
  const part = (n) => ({
    count: n,
    inputs: inputs.subarray(0, n * size),
    targets: Float32Array.from({ length: n }, (_, i) => i % 10),
  });
  const classes = Array.from({ length: 10 }, (_, i) => String(i));
  const shape = { inputShape: [3, 32, 32], outputs: 10 };
  return {
    name: "benchmark",
    task: "classification",
    classes,
    ...shape,
    train: part(count),
    validation: part(1),
    test: part(1),
  };
}

async function run(device, round) {
  const begun = performance.now();
  const options = {
    model,
    data,
    optimizer: adam(),
    batchSize: batch,
    epochs: Number.MAX_SAFE_INTEGER,
    seed: 1,
    device,
  };
  const training = await createTraining({ ...options, maxSteps: WARM_UP + steps });
  let since = begun;
  for await (const event of training) {
    const now = performance.now();
    if (event.kind === "batch") {
      if (event.step === 1) startup[device] ??= (now - begun) / 1000;
      if (event.step > WARM_UP) times[device].push(now - since);
      if (round === 0) losses[device].push(event.loss);
    }
    since = performance.now();
  }
}

/** The largest relative difference of the first five losses: afterwards rounding grows. */
function difference() {
  const [given, expected] = devices.map((device) => losses[device].slice(0, 5));
  return Math.max(...given.map((loss, i) => Math.abs(loss / expected[i] - 1))).toExponential(0);
}
