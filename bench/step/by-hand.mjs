// The least that a step can be with the same parts: an ONNX graph written by hand, run by ONNX Runtime with its own
// defaults, and the fused Adam loop. No checks, no measurements, no events. With `updateTimed: false` the clock sees
// forward and backward alone.
import { InferenceSession, Tensor } from "onnxruntime-node";
import { Arena } from "../../dist/src/device/memory.js";
import { encodeModel } from "../../dist/src/device/onnx/index.js";
import { adam } from "../../dist/src/optimizers/index.js";
import { measure, settings } from "../contender.mjs";
import { stepGraph } from "./by-hand-graph.mjs";
import { gather, layersOf, readProblem } from "./problem.mjs";

const { sizes, batch, threads, updateTimed = true } = settings;
const { weights, inputs, labels, batches } = readProblem(settings);
const lengths = { w: weights.length, g: weights.length, m: weights.length, v: weights.length };
const all = { ...lengths, x: batch * sizes[0], y: batch, loss: 1 };
const arena = new Arena(Arena.bytesFor(Object.values(all).map((length) => ({ dtype: "f32", length }))));
const vectors = Object.fromEntries(Object.entries(all).map(([name, n]) => [name, arena.vector("f32", n)]));
const { w, g, m, v, x, y, loss } = vectors;
w.set(weights);

const session = await InferenceSession.create(encodeModel(stepGraph(sizes, batch)), {
  executionProviders: ["cpu"],
  intraOpNumThreads: threads,
  logSeverityLevel: 4,
});
const tensor = (data, shape) => new Tensor("float32", data, shape);
const layers = (vector, prefix) =>
  layersOf(vector, sizes).flatMap(({ shape, weight, bias }, l) => [
    [`${prefix}w${l + 1}`, tensor(weight, shape)],
    [`${prefix}b${l + 1}`, tensor(bias, [shape[1]])],
  ]);
const feeds = { x: tensor(x, [batch, sizes[0]]), y: tensor(y, [batch]), ...Object.fromEntries(layers(w, "")) };
const fetches = { loss: tensor(loss, []), ...Object.fromEntries(layers(g, "d")) };
const update = adam().bind(w, g, { t: 0, m, v }, { arena });

let k = 0;
const step = async () => {
  const rows = batches[k++];
  gather(inputs, rows, sizes[0], x);
  gather(labels, rows, 1, y);
  await session.run(feeds, fetches);
  if (updateTimed) update();
  return loss[0];
};
await measure(step, updateTimed ? settings : { ...settings, after: update });
