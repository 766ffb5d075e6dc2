import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Dataset, digitsDataset } from "../../src/data/index.ts";
import { Whitening } from "../../src/data/whitening/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import { readSafetensors, writeSafetensors } from "../../src/files/safetensors/index.ts";
import { evaluate } from "../../src/metrics/index.ts";
import {
  exportHuggingFace,
  exportModule,
  exportOnnx,
  exportPyTorch,
  exportSafetensors,
  Net,
  packModel,
  unpackModel,
} from "../../src/nn/index.ts";
import { load, readTrained, weightsFrom, writeModel } from "../../src/nn/node/index.ts";
import { loadDataset } from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { type Fitted, fit as fitNet } from "../../src/train/node/index.ts";
import { runtimes } from "./onnx-runtimes.ts";

const TENSORS = ["preprocessing.whitening.mean", "preprocessing.whitening.matrix"];

let [data, plain]: Dataset[] = [];
let net: Fitted;
beforeAll(async () => {
  data = await loadDataset("digits", { whiten: "zca", limit: 300 });
  plain = await loadDataset("digits", { limit: 300 });
  net = await fitNet({ model: "mlp:8", data, optimizer: adam({ lr: 0.02 }), epochs: 4 });
});

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), "downhill-whitened-"));

/** The bytes of the first test images, as they are in the file. */
const rawRows = (count: number): number[][] =>
  Array.from({ length: count }, (_, row) => {
    const { mean, deviation } = plain.standardization;
    const pixels = plain.test.inputs.slice(row * 64, row * 64 + 64);
    return Array.from(pixels, (x) => Math.round(mean[0] + deviation[0] * x));
  });

const inputRows = (count: number) =>
  Array.from({ length: count }, (_, row) => data.test.inputs.slice(row * 64, row * 64 + 64));

const probabilities = (all: Awaited<ReturnType<Net["predict"]>>): number[] =>
  all.flatMap(({ probabilities: each = {} }) => Object.values(each));

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a).toHaveLength(b.length);
  return Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i])));
};

describe("a net on whitened images", () => {
  it("predicts from raw pixels as from whitened ones", async () => {
    const expected = probabilities(await net.predictInputs(inputRows(20)));
    expect(furthest(probabilities(await net.predict(rawRows(20))), expected)).toBeLessThan(1e-5);
    expect(await net.predict([])).toEqual([]);
  });

  it("differs from what it would predict without whitening, and refuses to be evaluated so", async () => {
    const unwhitened = Array.from({ length: 20 }, (_, row) => plain.test.inputs.slice(row * 64, row * 64 + 64));
    const expected = probabilities(await net.predict(rawRows(20)));
    expect(furthest(probabilities(await net.predictInputs(unwhitened)), expected)).toBeGreaterThan(0.1);
    await expect(evaluate(net, plain)).rejects.toThrow("was prepared otherwise than the net's data");
    expect(await evaluate(net, data)).toMatchObject({ accuracy: expect.any(Number) });
  });

  it.each(["f32", "f64"] as const)("is saved and loaded with its matrix, in %s", async (dtype) => {
    const path = await folder();
    const w = dtype === "f64" ? Float64Array.from(net.w) : net.w;
    const s = w.slice(0, 0);
    writeModel({ ...net, model: net.model, preprocessing: net.preprocessing, w, s }, path);
    const again = await load(path);
    expect(again.preprocessing).toEqual(net.preprocessing);
    expect(again.w).toEqual(w);
    const [a, b] = [probabilities(await again.predict(rawRows(5))), probabilities(await net.predict(rawRows(5)))];
    expect(furthest(a, b)).toBeLessThan(1e-6);
    const json = JSON.parse(await readFile(join(path, "model.json"), "utf8"));
    expect(Object.keys(json.preprocessing.inputs.whitening)).toEqual(["method", "epsilon", "fingerprint"]);
    await again.dispose();
  });

  it("is packed and unpacked", async () => {
    const again = unpackModel(packModel(net));
    expect(again.preprocessing).toEqual(net.preprocessing);
    const other = new Net(again, await nodeDevice());
    expect(await other.predict(rawRows(3))).toEqual(await net.predict(rawRows(3)));
  });

  it("is not loaded without its matrix, with a damaged one, or with that of another net", async () => {
    const { json, weights } = packModel(net);
    const { tensors, metadata } = readSafetensors(weights);
    const without = [...tensors.values()].filter(({ name }) => !TENSORS.includes(name));
    expect(() => unpackModel({ json, weights: writeSafetensors(without, metadata) })).toThrow(
      /preprocessing\.whitening\.(mean|matrix)/,
    );
    const changed = [...tensors.values()].map((tensor) =>
      tensor.name === TENSORS[1] && tensor.data instanceof Float32Array
        ? { ...tensor, data: tensor.data.map((x, i) => (i === 7 ? x + 1 : x)) }
        : tensor,
    );
    expect(() => unpackModel({ json, weights: writeSafetensors(changed, metadata) })).toThrow(
      "its preprocessing.whitening.matrix is not that of the JSON beside it",
    );
  });

  it("gives its weights and its preprocessing to a net that starts from it", async () => {
    const [path, file] = [await folder(), join(await folder(), "weights.safetensors")];
    writeModel(net, path);
    await writeFile(file, packModel(net).weights);
    for (const from of [path, file]) {
      const taken = await weightsFrom(from, net.model);
      expect(taken.w).toEqual(net.w);
      expect(taken.differences).toEqual([]);
    }
    const { preprocessing } = readTrained(path);
    const more = await loadDataset("digits", { preprocessing, limit: 300 });
    expect(more.train.inputs).toEqual(data.train.inputs);
  });

  it("leaves as ONNX, which whitens raw pixels", async () => {
    const expected = probabilities(await net.predict(rawRows(9)));
    const bytes = exportOnnx(net);
    for (const run of Object.values(runtimes)) {
      const pixels = Float32Array.from(rawRows(9).flat());
      const results = await run(bytes, { input: ["float32", pixels, [9, 1, 8, 8]] });
      expect(furthest(Array.from(results.probabilities, Number), expected)).toBeLessThan(1e-5);
    }
  });

  it("leaves as safetensors and for Hugging Face with its matrix; an ES module refuses it", () => {
    for (const bytes of [exportSafetensors(net), exportHuggingFace(net)["model.safetensors"]])
      expect([...readSafetensors(bytes).tensors.keys()]).toEqual(expect.arrayContaining(TENSORS));
    expect(exportHuggingFace(net)["config.json"].length).toBeLessThan(5000);
    expect(() => exportModule(net)).toThrow("the net's inputs are whitened by a matrix, which this form does not hold");
  });

  it("leaves for PyTorch, whose module whitens raw pixels", () => {
    const { "model.py": source, "weights.safetensors": weights } = exportPyTorch(net);
    const { tensors } = readSafetensors(weights);
    const written = net.preprocessing?.inputs;
    const matrix = written?.kind === "values" && written.whitening instanceof Whitening ? written.whitening.matrix : [];
    expect(tensors.get("whitening_matrix")?.data).toEqual(matrix);
    expect([...tensors.keys()].filter((name) => name.includes("."))).toEqual([]);
    expect(source).toContain('self.register_buffer("whitening_matrix", torch.zeros(64, 64))');
    expect(source).toContain("inputs = (inputs - self.whitening_mean) @ self.whitening_matrix");
    expect(
      exportPyTorch({ ...net, model: net.model, w: net.w, preprocessing: plain.preprocessing })["model.py"],
    ).not.toContain("whitening");
  });

  it("pads whitened images with their mean, 0", async () => {
    const { augmentationPlan } = await import("../../src/data/index.ts");
    expect(augmentationPlan({ padCrop: 1 }, data)?.black).toEqual([0]);
  });
});

it("a data set of bytes is still made without waiting", () => {
  expect(() => digitsDataset("")).toThrow("has 0 images");
});
