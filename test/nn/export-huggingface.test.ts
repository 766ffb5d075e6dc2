import { expect, it } from "vitest";
import {
  dense,
  exportHuggingFace,
  exportOnnx,
  exportSafetensors,
  mlp,
  modelFromJson,
  sequential,
} from "../../src/nn/index.ts";
import { csvDataset } from "../../src/node/index.ts";
import { centring } from "./running-mean.ts";

const text = [
  "size,a|b,member,since,good",
  ...Array.from(
    { length: 40 },
    (_, i) =>
      `${i % 7 === 3 ? "" : i},${i % 2 ? "red" : "gr`een"},${i % 3 ? "yes" : "no"},2024-01-${10 + (i % 20)},${i % 4 ? "<b>" : "no"}`,
  ),
].join("\n");
const { preprocessing, inputShape } = csvDataset(text, "csv:t.csv", {
  columns: ["size", "a|b", "member", "since"],
  missing: "mean",
});
const model = mlp([inputShape[0], 4, 2]);
const trained = {
  model,
  w: new Float32Array(model.parameters.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b), 0)),
  preprocessing,
};

it("the folder holds the weights, ONNX, and a configuration from which Downhill builds the model", () => {
  const files = exportHuggingFace(trained);
  expect(files["model.safetensors"]).toEqual(exportSafetensors(trained));
  expect(files["onnx/model.onnx"]).toEqual(exportOnnx(trained));
  const config = JSON.parse(files["config.json"]);
  expect(config).toMatchObject({
    model_type: "downhill",
    id2label: { 0: "<b>", 1: "no" },
    label2id: { "<b>": 0, no: 1 },
  });
  expect(modelFromJson(config.downhill).parameters.map(({ name }) => name)).toEqual(
    model.parameters.map(({ name }) => name),
  );
  expect(config.downhill.preprocessing).toEqual(preprocessing);
});

it("the card says what the net takes and answers, and what was measured only where that is known", () => {
  const card = exportHuggingFace(trained)["README.md"];
  expect(card).toMatch(
    /^---\nlibrary_name: downhill\npipeline_tag: tabular-classification\ntags:\n( {2}- [a-z-]+\n)+---\n\n# mlp:5-4-2\n/,
  );
  expect(card).toContain(
    "This net predicts `good`, one of 2 classes, from 4 columns of a table. It was trained with Downhill.",
  );
  expect(card).toMatch(/\| `size` \| a number, [\d.]+ ± [\d.]+ in the training set \| is allowed \|/);
  expect(card).toContain("| `a\\|b` | a word: ``gr`een`` and `red` |");
  expect(card).toContain("| `member` | `no` or `yes` |");
  expect(card).toContain('    "a|b": np.array([["gr`een"]], object),');
  expect(card).not.toContain("model-index");
  const told = exportHuggingFace(trained, { title: "Is it *good*?", data: "t.csv", test: { accuracy: 0.97531 } })[
    "README.md"
  ];
  expect(exportHuggingFace(trained, { data: "t.csv" })["README.md"]).toContain("\n# t.csv\n");
  expect(told).toContain("# Is it \\*good\\*?");
  expect(told).toContain("It was trained with Downhill on `t.csv`.");
  expect(told).toContain('          - { type: "accuracy", value: 0.97531, name: "test accuracy" }');
  expect(told).toContain("| accuracy | 0.9753 |");
});

it("options and models that it cannot write are refused", () => {
  expect(() => exportHuggingFace(trained, { test: { accuracy: Number.NaN } })).toThrow(
    "exportHuggingFace: accuracy is NaN; it must be a finite number",
  );
  expect(() => Reflect.apply(exportHuggingFace, undefined, [trained, { metrics: {} }])).toThrow(
    'option "metrics" is not known',
  );
  const own = {
    model: sequential([3], [centring.with({ rate: 0.5 }), dense(2)]),
    w: new Float32Array(11),
    s: new Float32Array(3),
  };
  expect(() => exportHuggingFace(own)).toThrow("layer 1 is of your own kind centring, which JSON has no name for");
});
