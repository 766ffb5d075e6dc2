// Points of a slice a second: the loss of a convolutional net on images, at weights that change from point to point. All contenders
// take turns in one process, a point each (workers: a point for each), and must agree. Times are medians, ratios medians of the rounds' own.
//
//     node bench/landscape/points.mjs [--net resnet-20] [--images 1000] [--rounds 5]
import { parseArgs } from "node:util";
import { onnxDevice } from "../../dist/src/device/onnx/runtime-device.js";
import { nodeRuntime } from "../../dist/src/device/onnx-node/runtime.js";
import { constant, sizeOf } from "../../dist/src/expr/index.js";
import {
  initialize,
  initializeState,
  layoutOf,
  parameterCount,
  Random,
  stateCount,
  stateLayoutOf,
} from "../../dist/src/index.js";
import { randomDirection } from "../../dist/src/landscape/index.js";
import { metersFor } from "../../dist/src/landscape/node/loss-slice.js";
import { place, pointMeter } from "../../dist/src/landscape/slices/point-meter.js";
import { evaluation, programOf } from "../../dist/src/objective/net/program-kinds.js";
import { modelOf } from "../conv/nets.mjs";
import { median } from "../quartiles.mjs";

const { values } = parseArgs({
  options: {
    net: { type: "string", default: "resnet-20" },
    images: { type: "string", default: "1000" },
    rounds: { type: "string", default: "5" },
  },
});
const [count, rounds] = [Number(values.images), Number(values.rounds)];
const BATCH = 500;
const model = modelOf(values.net);
const random = new Random(1, "benchmark");
const w = new Float32Array(parameterCount(model));
const s = new Float32Array(stateCount(model));
initialize(model, w, 1);
// The last layer begins so small that all nets would guess alike.
const last = layoutOf(model).at(-2);
for (let i = last.offset; i < last.offset + sizeOf(last.shape); i++) w[i] *= 300;
initializeState(model, s, 1);
const examples = {
  count,
  inputs: new Float32Array(count * sizeOf(model.inputShape)).map(() => random.normal()),
  targets: new Float32Array(count).map(() => random.integer(10)),
};
const directions = [0, 1].map((index) => randomDirection(model, w, "filter", { index }));
const vectors = directions.map(({ vector }) => vector);
const net = { model, w, s };

const runtime = await nodeRuntime();
const { mayBlockImages: _, ...plainRuntime } = runtime;
const blocked = (threads) => onnxDevice(runtime, threads);
const plain = (threads) => onnxDevice(plainRuntime, threads);

/** Weights and state as constants: ONNX Runtime folds normalisation into convolutions, and each point has its own sessions. */
function byConstants(device) {
  const point = new Float64Array(w.length);
  const tensors = (layout, vector) =>
    Object.fromEntries(
      layout.map(({ name, shape, offset }) => [
        name,
        constant(vector.slice(offset, offset + sizeOf(shape)), "f32", shape),
      ]),
    );
  return {
    measure: async (x, y) => {
      place(point, w, vectors, [x, y]);
      const parameters = tensors(layoutOf(model), Float32Array.from(point));
      const state = tensors(stateLayoutOf(model), s);
      const { outputs } = programOf(
        evaluation,
        { model, batch: BATCH, targetSize: 1, dtype: "f32" },
        { parameters, state },
      );
      const size = sizeOf(model.inputShape);
      const views = {
        batch_inputs: new Float32Array(BATCH * size),
        batch_targets: new Float32Array(BATCH),
        loss: new Float32Array(1),
        correct: new Float32Array(1),
      };
      const program = await device.prepare(outputs, views);
      let loss = 0;
      for (let start = 0; start < count; start += BATCH) {
        views.batch_inputs.set(examples.inputs.subarray(start * size, (start + BATCH) * size));
        views.batch_targets.set(examples.targets.subarray(start, start + BATCH));
        await program.run();
        loss += (views.loss[0] * BATCH) / count;
      }
      await program.dispose();
      return { loss };
    },
    dispose: async () => {},
  };
}

const one = (device) => [pointMeter({ net, examples, device }, vectors)];
const request = { net, examples, directions, grid: { x: [0, 1, 2], y: [0] }, device: blocked(1) };
const contenders = {
  "one session, plain layout, 2 threads": one(plain(2)),
  "one session, 2 threads (Engine.evaluate)": one(blocked(2)),
  "one session, 1 thread": one(blocked(1)),
  "constants, a session for each point, 2 threads": [byConstants(plain(2))],
  "constants, blocked, 2 threads": [byConstants(blocked(2))],
  "2 workers, 1 thread each": metersFor(request, 2),
};
const [naive] = Object.keys(contenders);

async function timed(meters, at) {
  const begin = performance.now();
  const measured = await Promise.all(meters.map((meter, i) => meter.measure(at, 0.01 * i)));
  return { ms: (performance.now() - begin) / meters.length, loss: measured[0].loss };
}

const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
for (let round = -1; round < rounds; round++) {
  const at = 0.1 * (round + 2);
  const losses = [];
  for (const [name, meters] of Object.entries(contenders)) {
    const { ms, loss } = await timed(meters, at);
    losses.push(loss);
    // The first round compiles.
    if (round >= 0) times[name].push(ms);
  }
  if (losses.some((loss) => Math.abs(loss / losses[0] - 1) > 1e-4)) throw new Error(`losses differ: ${losses}`);
  if (round < 0)
    console.log(
      `losses agree to ${Math.max(...losses.map((loss) => Math.abs(loss / losses[0] - 1))).toExponential(1)}`,
    );
}
console.log(`${values.net}, ${count} images, ${rounds} rounds`);
for (const [name, own] of Object.entries(times)) {
  const ratios = own.map((ms, i) => times[naive][i] / ms);
  const middle = median(own);
  console.log(`${name.padEnd(48)} ${middle.toFixed(0).padStart(6)} ms a point  ${median(ratios).toFixed(2)} × as fast`);
}
await Promise.all(
  Object.values(contenders)
    .flat()
    .map((meter) => meter.dispose()),
);
