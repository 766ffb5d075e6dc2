/**
 * Nets of every kind, exported to every format, each into a folder of its own: for exports.py, which runs it.
 *
 *     node scripts/goldens/exports.mjs FOLDER
 *
 * Weights are formulas, not trained, so that they are the same everywhere.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { add, mean, mul, sub } from "../../dist/src/expr/index.js";
import {
  activation,
  activationNames,
  averagePool,
  batchNorm,
  binaryCrossEntropy,
  conv2d,
  csvDataset,
  dense,
  denseConnection,
  dropout,
  elu,
  embedding,
  exportHuggingFace,
  exportModule,
  exportOnnx,
  exportPyTorch,
  exportSafetensors,
  flatten,
  globalAverage,
  groupNorm,
  layer,
  layerNorm,
  leakyRelu,
  loadDataset,
  maxPool,
  meanSquaredError,
  packModel,
  parameterCount,
  residual,
  sequential,
  smoothedCrossEntropy,
} from "../../dist/src/node/index.js";

const days = (text) => Date.parse(text) / 86_400_000;
const people = Array.from({ length: 60 }, (_, i) => ({
  size: i % 11 === 7 ? null : i / 7,
  colour: i % 16 === 5 ? "" : ["red", "green", "blue", "Ünter", "red"][i % 5],
  member: i % 2 ? "yes" : "no",
  weight: i % 10 === 3 ? null : 50 + (i % 7),
  since: `2024-${String(1 + (i % 12)).padStart(2, "0")}-0${1 + (i % 9)}`,
}));
const columns = Object.keys(people[0]);
const table = (target) =>
  [`${columns},y,z`, ...people.map((row, i) => `${Object.values(row)},${target(i)}`)].join("\n");
const levels = table((i) => `${["low", "mid", "high"][i % 3]},`);
const sides = table((i) => `${i % 2 ? "in" : "out"},`);
const values = table((i) => `${1e6 + i * i},${-i / 3}`);

/** Cells as people write them, which only the formats that read rows themselves take. */
const odd = [
  { size: " 2.50 ", colour: "U\u0308nter", member: "YES", weight: "n/a", since: "2024/3/4" },
  { size: "-1e1", colour: "mauve", member: true, weight: "#DIV/0!", since: "2024-02-29T23:59:59+02:00" },
  { size: 3, colour: null, member: 0, weight: "'null'", since: "1969-12-31 06:30" },
  { size: "", colour: "\u00a0blue\u200b", member: "ｎｏ", weight: 1e-7, since: "0050-01-01" },
];

/** Cells that are hard to read, for a table with a column of each kind; "e" has days first, "h" the word None. */
const hard = [
  ...[
    "",
    " ",
    "na",
    "N/A.",
    "'null'",
    "-nan(ind)",
    "1.#INF00",
    "#DIV/0!",
    "#¡VALOR!",
    "#!",
    "∞",
    "+inf",
    "?",
    "None",
    "none",
  ],
  ...[
    "1",
    " 2.5 ",
    "1e3",
    ".5",
    "5.",
    ".",
    "+7",
    "-0",
    "1e999",
    "0x10",
    "1,5",
    "1_0",
    "٣",
    "−3",
    "NaN0",
    "1\n",
    "\u001c1",
  ],
  ...[
    "2024-02-29",
    "2023-02-29",
    "2024/3/4",
    "2024-1-1T23:59:59.5+02:00",
    "2024-01-01 24:00",
    "0050-01-01",
    "3.4.2024",
  ],
  ...[
    "31/12/1999",
    "31.12.1999 10:30",
    "31.12.1999t10:30",
    "2024-01-01t00:00z",
    "9999-12-31",
    "0000-01-01",
    "2024-01-01 10:00-0130",
  ],
  ...[
    "YES",
    "No",
    "true",
    "FALSE",
    "ｎｏ",
    "y\u00ades",
    "cafe\u0301",
    "café",
    "\u00a0Rot\ufeff",
    "ro\u200bt",
    "7",
    "7.0",
    "rare",
    "new",
  ],
  ...[0, 1, -1, 7, 7.5, 0.1, 1e21, 1.5e22, 1e-7, 0.00001, 123456789012, true, false, null, {}, [1]],
];
const cellColumns = "n,d,e,b,c,h";
const cellTable = Array.from({ length: 60 }, (_, i) => {
  const words = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const day = `${1 + (i % 28)}.${1 + (i % 12)}.2024`;
  return [
    i % 9 === 4 ? "" : i,
    `2024-01-${10 + (i % 20)}`,
    day,
    i % 2 ? "Yes" : "no",
    words[i % 8],
    ["x", "y", "None"][i % 3],
    i % 7,
  ];
});
const cellData = csvDataset([`${cellColumns},y`, ...cellTable.map(String)].join("\n"), "csv:cells.csv", {
  ...{ target: "y", task: "regression", columns: cellColumns.split(","), missing: "mean", notMissing: ["None"] },
});

/** A table's own categories are all words or all numbers. */
const mixed = ["café", "Rot", "None", "7", "0.00001", "1e-7", "1.5e+22", "7.5"];
const cellPreprocessing = {
  ...cellData.preprocessing,
  inputs: {
    kind: "columns",
    columns: cellData.preprocessing.inputs.columns.map((column) =>
      column.name === "c" ? { ...column, categories: mixed } : column,
    ),
  },
};

const digits = await loadDataset("digits", { limit: 100 });
const images = Array.from({ length: 6 }, (_, k) => Array.from({ length: 64 }, (_, i) => (i * 7 + k * 5) % 17));
const plain = Array.from({ length: 6 }, (_, k) => [k - 2, k / 3, -k]);

const prepared = (text, options) =>
  csvDataset(text, "csv:people.csv", { columns, missing: "indicator", rare: 5, ...options }).preprocessing;

/** A layer of one's own: x less its mean, which is a running mean outside training. */
const zeros = (shape) => new Float64Array(shape.reduce((a, b) => a * b, 1));
const centring = layer({
  ...{ kind: "centring", title: "x less its mean", options: [], inputs: "row", outputs: null, read: () => ({}) },
  build: (_, inputShape) => ({
    ...{ outputShape: inputShape, multiplyAdds: 0, role: { kind: "other" } },
    parameters: { shift: { shape: inputShape, initialize: zeros } },
    state: { mean: { shape: inputShape, initialize: zeros } },
    forward: (x, { shift }, { training, state }) => {
      const ofBatch = mean(x, { axes: 0 });
      return {
        outputs: add(sub(x, training ? ofBatch : state.mean), shift),
        state: { mean: training ? add(mul(0.5, state.mean), mul(0.5, ofBatch)) : state.mean },
      };
    },
  }),
});

const nets = {
  "a table, three classes": {
    model: (inputs) =>
      sequential(
        [inputs],
        [dense(6, { activation: "gelu" }), dropout(0.2), dense(5, { activation: "mish" }), dense(3)],
      ),
    ...{ preprocessing: prepared(levels, { target: "y" }), rows: people, odd },
  },
  "a table, two classes by one logit": {
    model: (inputs) =>
      sequential([inputs], [dense(4, { activation: "tanh", bias: false }), dense(1)], { loss: binaryCrossEntropy }),
    ...{ preprocessing: prepared(sides, { target: "y" }), rows: people, odd },
  },
  "a table, two values, float64": {
    model: (inputs) => sequential([inputs], [dense(5, { activation: elu(0.7) }), dense(2)], { loss: meanSquaredError }),
    ...{ preprocessing: prepared(values, { target: ["y", "z"], task: "regression" }), rows: people, odd, f64: true },
  },
  "images, ten classes": {
    model: () => sequential([1, 8, 8], [flatten(), dense(12, { activation: leakyRelu(0.2) }), dropout(0.5), dense(10)]),
    ...{ preprocessing: digits.preprocessing, rows: images },
  },
  "every activation, without preprocessing": {
    model: () => sequential([3], [...activationNames.map((activation) => dense(4, { activation })), dense(2)]),
    rows: plain,
  },
  "images, a convolutional net": {
    model: () =>
      sequential(
        [1, 8, 8],
        [
          ...[
            conv2d(4, 3, { padding: "same", activation: "relu" }),
            batchNorm(),
            maxPool(3, { stride: 2, padding: "same" }),
          ],
          ...[conv2d(6, 2, { stride: 2, groups: 2, dilation: 2, padding: 1, bias: false }), batchNorm({ eps: 1e-3 })],
          ...[activation("tanh"), averagePool(2), globalAverage(), dense(10)],
        ],
      ),
    ...{ preprocessing: digits.preprocessing, rows: images },
    s: Array.from({ length: 20 }, (_, i) => 1 + 0.3 * Math.sin(i)),
  },
  "images, connections and norms": {
    model: () =>
      sequential(
        [1, 8, 8],
        [
          conv2d(4, 3, { padding: 1 }),
          residual(
            [batchNorm(), activation("relu"), conv2d(6, 3, { stride: 2, padding: 1, bias: false }), dropout(0.3)],
            { shortcut: [conv2d(6, 1, { stride: 2 }), groupNorm(3)] },
          ),
          denseConnection([residual([conv2d(6, 3, { padding: "same" }), batchNorm()]), conv2d(2, 1)]),
          ...[layerNorm(), globalAverage(), residual([dense(8, { activation: "tanh" })]), layerNorm({ eps: 1e-3 })],
          dense(10),
        ],
        { loss: smoothedCrossEntropy(0.1) },
      ),
    ...{ preprocessing: digits.preprocessing, rows: images },
    s: Array.from({ length: 20 }, (_, i) => 1 + 0.3 * Math.sin(i)),
  },
  "codes, an embedding": {
    model: () => sequential([4], [embedding(9, 3), residual([layerNorm()]), flatten(), dense(3)]),
    preprocessing: {
      inputs: { kind: "values", shape: [4], mean: [0], deviation: [1] },
      target: { kind: "classes", classes: ["low", "mid", "high"] },
    },
    rows: Array.from({ length: 6 }, (_, k) => Array.from({ length: 4 }, (_, i) => (i * 7 + k * 5) % 9)),
  },
  "own layer": {
    ...{ model: () => sequential([3], [centring.with({}), dense(2)]), rows: plain, s: [1, 2, 3], isNamed: false },
  },
};

/** Inputs of an ONNX file for rows: a column each, or the values. */
function feedsFor(rows, preprocessing) {
  if (preprocessing?.inputs.kind !== "columns") return { input: rows };
  const cell = (kind, value) => (kind === "date" ? days(value) : kind === "number" ? value : (value ?? ""));
  return Object.fromEntries(
    preprocessing.inputs.columns.map(({ name, kind }) => [name, rows.map((row) => [cell(kind, row[name])])]),
  );
}

const [, , folder] = process.argv;
const { Net } = await import("../../dist/src/nn/index.js");
const { referenceDevice } = await import("../../dist/src/device/reference/interpreter.js");

const widthOf = ({ inputs }) =>
  inputs.columns.reduce((sum, { kind, categories = [], other, missing, indicator }) => {
    return (
      sum +
      (kind === "category" ? categories.length + (other ? 1 : 0) + (missing === "input" ? 1 : 0) : indicator ? 2 : 1)
    );
  }, 0);

for (const [
  name,
  { model: build, preprocessing, rows, odd = [], f64 = false, s = [], isNamed = true },
] of Object.entries(nets)) {
  const model = build(preprocessing?.inputs.kind === "columns" ? widthOf(preprocessing) : 0);
  const numbers = Array.from({ length: parameterCount(model) }, (_, i) => 0.6 * Math.sin(1 + 1.7 * i));
  const w = f64 ? Float64Array.from(numbers) : Float32Array.from(numbers);
  const trained = {
    model,
    w,
    s: f64 ? Float64Array.from(s) : Float32Array.from(s),
    ...(preprocessing !== undefined && { preprocessing }),
  };
  const net = new Net(trained, referenceDevice);
  // What JSON has no name for is exported to all formats but Hugging Face's.
  const { json, weights } = isNamed ? packModel(trained) : { json: null, weights: "" };
  const facts = { name, json, weights: Buffer.from(weights).toString("base64"), rows, odd };
  const [predictions, ofOdd] = [await net.predict(rows), await net.predict(odd)];
  const told = { ...facts, predictions, ofOdd, feeds: feedsFor(rows, preprocessing), shape: model.inputShape };
  const files = {
    "case.json": JSON.stringify(told),
    "net.onnx": exportOnnx(trained),
    "net.safetensors": exportSafetensors(trained),
    "net.mjs": exportModule(trained),
    ...inFolder("torch", exportPyTorch(trained)),
    ...inFolder("hf", !isNamed ? {} : exportHuggingFace(trained, { data: "people", test: { accuracy: 0.5 } })),
  };
  for (const [file, content] of Object.entries(files)) {
    const path = join(folder, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** What the net makes of each cell in each column: a number, or an error's name. */
const cellModel = sequential(cellData.inputShape, [dense(1)], { loss: meanSquaredError });
const cellWeights = Float64Array.from({ length: parameterCount(cellModel) }, (_, i) => Math.sin(1 + 1.7 * i));
const cellNet = new Net({ model: cellModel, w: cellWeights, preprocessing: cellPreprocessing }, referenceDevice);
const usual = { n: 1, d: "2024-01-02", e: "3.4.2024", b: "yes", c: "Rot", h: "None" };
const outcomes = [];
for (const name of Object.keys(usual))
  for (const cell of hard) {
    const row = { ...usual, [name]: cell };
    const outcome = await (async () => (await cellNet.predict([row]))[0].value)().catch((error) => error.name);
    outcomes.push({ row, outcome });
  }
mkdirSync(join(folder, "cells"));
for (const [file, content] of Object.entries(exportPyTorch(cellNet)))
  writeFileSync(join(folder, "cells", file), content);
writeFileSync(join(folder, "cells", "outcomes.json"), JSON.stringify(outcomes));

function inFolder(place, files) {
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [`${place}/${file}`, content]));
}
