// TensorFlow.js on its WebAssembly backend, which has no threads in Node.
import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { measure, settings } from "../contender.mjs";
import { gather, layersOf, readProblem } from "./problem.mjs";

setWasmPaths(dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm")) + sep);
await tf.setBackend("wasm");
if (tf.getBackend() !== "wasm") throw new Error("the WebAssembly backend did not start");

const { sizes, batch } = settings;
const { weights, inputs, labels, batches } = readProblem(settings);
const layers = layersOf(weights, sizes).map(({ shape, weight, bias }) => ({
  weight: tf.variable(tf.tensor2d(weight, shape)),
  bias: tf.variable(tf.tensor1d(bias)),
}));
const adam = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);

function logits(x) {
  const last = layers.length - 1;
  return layers.reduce((h, { weight, bias }, l) => {
    const z = h.matMul(weight).add(bias);
    return l < last ? z.relu() : z;
  }, x);
}

const rowsOf = new Float32Array(batch * sizes[0]);
const labelsOf = new Float32Array(batch);
let k = 0;
await measure(() => {
  const rows = batches[k++];
  gather(inputs, rows, sizes[0], rowsOf);
  gather(labels, rows, 1, labelsOf);
  const loss = tf.tidy(() => {
    const x = tf.tensor2d(rowsOf, [batch, sizes[0]]);
    const y = tf.oneHot(tf.tensor1d(labelsOf, "int32"), sizes.at(-1));
    return adam.minimize(() => tf.losses.softmaxCrossEntropy(y, logits(x)).asScalar(), true);
  });
  const [value] = loss.dataSync();
  loss.dispose();
  return value;
});
