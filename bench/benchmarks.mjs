import { resolve } from "node:path";
import { writeProblem as writeImages } from "./conv/problem.mjs";
import { writeTable } from "./csv/problem.mjs";
import { writePhotographs } from "./depth/photographs.mjs";
import { writeProblem } from "./step/problem.mjs";

/**
 * Every benchmark: what is measured, in which unit, with which settings, and who takes part. The first contender is
 * Downhill; `atMost` and `atLeast` are targets: for Downhill its own value, for the others Downhill's value over theirs.
 * Settings of a contender's own come on top of the benchmark's.
 */
const net = { sizes: [784, 1000, 1000, 10], batch: 128, dropout: 0, threads: 2, warmUp: 30, steps: 200 };
/** Another checkout of this repository, built, to compare with. */
const before = process.env.DOWNHILL_BEFORE ?? "DOWNHILL_BEFORE";
const fashion = { data: "fashion-mnist", hidden: [1000, 1000], batch: 128 };
/** Reading a table: about 20 MB each. */
const reading = {
  ...{ unit: "ms", prepare: writeTable },
  contenders: {
    Downhill: { program: "csv/downhill.mjs" },
    "Papa Parse": { program: "csv/papaparse.mjs", peer: true, atMost: 1 },
    pandas: { program: "csv/by-pandas.py" },
  },
};

/** A training step of a convolutional net, beside PyTorch in its default layout and in the one that it recommends. */
const convolutional = (name, more = {}) => ({
  name: `conv-${name}`,
  title: `A training step of ${name}: batch 128, Adam, float32, 2 threads`,
  unit: "ms",
  settings: { net: name, batch: 128, threads: 2, warmUp: 3, steps: 15 },
  prepare: writeImages,
  ...more,
  contenders: {
    Downhill: { program: "conv/downhill.mjs" },
    PyTorch: { program: "conv/pytorch.py", atMost: 1.1 },
    "PyTorch, channels_last": { program: "conv/pytorch.py", settings: { channelsLast: true } },
  },
});
/** Adam's first steps are of ±lr wherever rounding decides the sign of a tiny gradient, and normalisation spreads that. */
const sensitive = { tolerance: 5e-3 };

export const benchmarks = [
  {
    name: "step",
    title: "A training step of 784-1000-1000-10: batch 128, Adam, float32, 2 threads",
    unit: "ms",
    settings: net,
    prepare: writeProblem,
    contenders: {
      Downhill: { program: "step/downhill.mjs" },
      "ONNX graph by hand + fused Adam": { program: "step/by-hand.mjs", atMost: 1.1 },
      "ONNX graph by hand, no update": { program: "step/by-hand.mjs", atMost: 1.35, settings: { updateTimed: false } },
      PyTorch: { program: "step/pytorch.py", atMost: 1.15 },
      "jax-js, WASM": { program: "step/jax-js.mjs", peer: true, atMost: 1 / 8, settings: { warmUp: 4, steps: 16 } },
      "TensorFlow.js, WASM": {
        program: "step/tensorflow-js.mjs",
        peer: true,
        atMost: 1 / 30,
        settings: { warmUp: 3, steps: 7 },
      },
    },
  },
  {
    name: "dropout",
    title: "The same step with dropout 0.5 behind both hidden layers",
    unit: "ms",
    settings: { ...net, dropout: 0.5 },
    prepare: writeProblem,
    // Each draws masks of its own, so only the size of the costs can be compared.
    tolerance: 0.25,
    contenders: {
      Downhill: { program: "step/downhill.mjs" },
      PyTorch: { program: "step/pytorch.py" },
    },
  },
  convolutional("2c2d"),
  convolutional("adam-cnn"),
  convolutional("resnet-20", sensitive),
  convolutional("resnet-56", sensitive),
  {
    ...convolutional("2c2d"),
    name: "conv-jax",
    title: "A training step of 2c2d beside jax-js, which takes a minute for one",
    rounds: 1,
    minutes: true,
    contenders: {
      Downhill: { program: "conv/downhill.mjs" },
      "jax-js, WASM": { program: "conv/jax-js.mjs", peer: true, settings: { warmUp: 0, steps: 2 } },
    },
  },
  {
    ...convolutional("resnet-56"),
    name: "conv-evaluate",
    title: "Loss and accuracy of resnet-56 on a batch of 500, without training, 2 threads",
    settings: { net: "resnet-56", batch: 500, threads: 2, warmUp: 2, steps: 8, evaluate: true },
    contenders: {
      Downhill: { program: "conv/evaluate.mjs" },
      PyTorch: { program: "conv/pytorch.py", atMost: 1 },
      "PyTorch, channels_last": { program: "conv/pytorch.py", settings: { channelsLast: true } },
    },
  },
  {
    name: "conv-memory",
    title: "Peak memory of training steps of resnet-56: batch 128, Adam, the process as a whole",
    unit: "MB",
    rounds: 1,
    settings: { net: "resnet-56", batch: 128, threads: 2, warmUp: 1, steps: 4, memory: true },
    prepare: writeImages,
    contenders: {
      Downhill: { program: "conv/downhill.mjs" },
      PyTorch: { program: "conv/pytorch.py", atMost: 1.3 },
    },
  },
  {
    name: "small",
    title: "A training step of 64-32-10: batch 32, Adam, float32, 1 thread",
    unit: "ms",
    settings: { sizes: [64, 32, 10], batch: 32, dropout: 0, threads: 1, warmUp: 2000, steps: 4000 },
    prepare: writeProblem,
    contenders: {
      Downhill: { program: "step/downhill.mjs" },
      "ONNX graph by hand + fused Adam": { program: "step/by-hand.mjs" },
      PyTorch: { program: "step/pytorch.py" },
    },
  },
  {
    name: "first-step",
    title: "downhill train --model resnet-56 on CIFAR-10, from the command to the end of its first step",
    unit: "ms",
    settings: { model: "resnet-56", batch: 128, images: 10_000, warmUp: 1, steps: 3, script: "../dist/cli/main.js" },
    prepare: writePhotographs,
    contenders: { Downhill: { program: "depth/first-step.mjs", atMost: 5000 } },
  },
  {
    name: "compile",
    title:
      "Compiling a training step of a ResNet-110: its depth is 1.96 times that of ResNet-56, and 5.5 times that of ResNet-20",
    unit: "ms",
    settings: { batch: 128, threads: 2, warmUp: 1, steps: 5 },
    contenders: {
      "ResNet-110": { program: "depth/compile.mjs", settings: { model: "resnet-110" } },
      "ResNet-56": { program: "depth/compile.mjs", settings: { model: "resnet-56" }, atMost: 2.5 },
      "ResNet-20": { program: "depth/compile.mjs", settings: { model: "resnet-20" }, atMost: 7 },
    },
  },
  {
    name: "jobs",
    title: "A run of a comparison, as a worker does it: digits, 64-64-32-10, 5 epochs, batch 64, 1 thread",
    unit: "ms",
    settings: {
      ...{ data: "digits", model: "mlp:64,32", epochs: 5, batchSize: 64, warmUp: 3, steps: 30 },
      rules: ["momentum", "adam", "rmsprop"],
    },
    contenders: {
      Downhill: { program: "jobs/downhill.mjs" },
      "an engine for each run": { program: "jobs/downhill.mjs", atMost: 0.8, settings: { fresh: true } },
    },
  },
  {
    name: "compare",
    title: "downhill compare, shortened to 2 rates, 2 seeds and 10 epochs, from start to end",
    unit: "ms",
    settings: {
      ...{ warmUp: 1, steps: 2, script: "../dist/cli/main.js" },
      args: ["compare", "--quiet", "--no-out", "--trials", "2", "--seeds", "2", "--epochs", "10"],
    },
    contenders: {
      Downhill: { program: "startup/process.mjs" },
      "Downhill before": { program: "startup/process.mjs", settings: { script: resolve(before, "dist/cli/main.js") } },
    },
  },
  {
    name: "adam",
    title: "An Adam step over 1,796,010 float32 weights",
    unit: "ms",
    settings: { length: 1_796_010, threads: 2, warmUp: 20, steps: 200 },
    contenders: {
      Downhill: { program: "adam/downhill.mjs" },
      "Downhill, ordinary arrays": { program: "adam/downhill-arrays.mjs" },
      "plain JavaScript loop": { program: "adam/plain-loop.mjs", atMost: 1 / 5 },
      "PyTorch, 2 threads": { program: "adam/pytorch.py", atMost: 1 },
      "PyTorch fused, 2 threads": { program: "adam/pytorch.py", settings: { fused: true } },
    },
  },
  {
    name: "beale",
    title: "100,000 Adam steps on Beale's function by minimize(): 200 ms are 500,000 a second",
    unit: "ms",
    // Near the minimum Adam's path is chaotic: v fades until rounding decides the next jump. Values are compared before.
    settings: { walk: 100_000, start: [1, 1.6], lr: 0.01, checked: 2000, warmUp: 5, steps: 20 },
    contenders: {
      Downhill: { program: "beale/downhill.mjs", atMost: 200 },
      "plain JavaScript loop": { program: "beale/plain-loop.mjs" },
    },
  },
  {
    ...reading,
    name: "csv-pixels",
    title: "Reading a CSV of 10,000 × 785 whole numbers, 19 MB",
    settings: { table: "pixels", rows: 10_000, warmUp: 2, steps: 5 },
  },
  {
    ...reading,
    name: "csv-fractions",
    title: "Reading a CSV of 50,000 × 21 fractions of 16 digits, 20 MB",
    settings: { table: "fractions", rows: 50_000, warmUp: 2, steps: 5 },
  },
  {
    ...reading,
    name: "csv-mixed",
    title: "Reading a CSV of 500,000 × 7 numbers and words, 19 MB",
    settings: { table: "mixed", rows: 500_000, warmUp: 2, steps: 5 },
  },
  {
    name: "startup",
    title: "downhill --help, from start to end",
    unit: "ms",
    settings: { warmUp: 2, steps: 15 },
    contenders: {
      Downhill: {
        program: "startup/process.mjs",
        settings: { script: "../dist/cli/main.js", args: ["--help"] },
        atMost: 200,
      },
      "Node doing nothing": { program: "startup/process.mjs", settings: { args: ["--eval", "0"] } },
    },
  },
  {
    name: "import",
    title: 'import "downhill" in Node, from the process\'s start to its end',
    unit: "ms",
    settings: { warmUp: 2, steps: 15, script: "../dist/src/node/index.js", args: [] },
    contenders: {
      Downhill: { program: "startup/process.mjs" },
      "the same in one file": { program: "startup/bundled.mjs" },
      "Node doing nothing": {
        program: "startup/process.mjs",
        settings: { script: undefined, args: ["--input-type=module", "--eval", "0"] },
      },
    },
  },
  {
    name: "memory",
    title: "Peak memory of one epoch of 784-1000-1000-10 on Fashion-MNIST, the data included",
    unit: "MB",
    rounds: 1,
    settings: { ...fashion, epochs: 1 },
    contenders: { Downhill: { program: "memory/downhill.mjs", atMost: 900 } },
  },
  {
    name: "accuracy",
    title: "Test accuracy of 784-1000-1000-10 on Fashion-MNIST: dropout 0.2, Adam (cosine), 10 epochs",
    unit: "%",
    rounds: 1,
    minutes: true,
    settings: { ...fashion, dropout: 0.2, epochs: 10 },
    contenders: { Downhill: { program: "accuracy/downhill.mjs", atLeast: 88.5 } },
  },
  {
    name: "accuracy-mnist",
    title: "Test accuracy of the same net on MNIST",
    unit: "%",
    rounds: 1,
    minutes: true,
    settings: { ...fashion, data: "mnist", dropout: 0.5, epochs: 10 },
    contenders: { Downhill: { program: "accuracy/downhill.mjs", atLeast: 98 } },
  },
];
