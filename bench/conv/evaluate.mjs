// Evaluation as Downhill's training loop does it: loss and accuracy of a batch, by running means and variances.

import { sourceOf } from "../../dist/src/data/index.js";
import { nodeDevice } from "../../dist/src/device/node/device.js";
import { Engine } from "../../dist/src/objective/net/engine.js";
import { measure, settings } from "../contender.mjs";
import { gather, readProblem } from "../step/problem.mjs";
import { modelOf } from "./nets.mjs";

const { net, batch, threads } = settings;
const { weights, inputs, labels, batches } = readProblem(settings);
const size = inputs.length / labels.length;
const engine = new Engine(await nodeDevice({ threads }));
const { w } = engine.begin({ model: modelOf(net), dtype: "f32", batchSize: batch });
w.set(weights);

let k = 0;
await measure(async () => {
  const rows = batches[k++];
  const examples = { count: batch, inputs: new Float32Array(batch * size), targets: new Float32Array(batch) };
  gather(inputs, rows, size, examples.inputs);
  gather(labels, rows, 1, examples.targets);
  const { loss } = await engine.evaluate(sourceOf(examples));
  return loss;
});
await engine.dispose();
