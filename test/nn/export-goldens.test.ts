import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RawRow } from "../../src/data/table/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { exportOnnx, exportPyTorch, type ModelData, Net, type Prediction, unpackModel } from "../../src/nn/index.ts";
import { expectNear, expectSame, imported } from "./exported.ts";
import { type Feed, runtimes } from "./onnx-runtimes.ts";

/** A net of scripts/goldens/exports.py, its rows, and what PyTorch has predicted with the module that is exported. */
interface Case {
  readonly name: string;
  readonly json: ModelData;
  readonly weights: string;
  readonly rows: readonly RawRow[];
  /** Rows with cells that ONNX does not take. */
  readonly odd: readonly RawRow[];
  /** The rows as inputs of the ONNX file, by name; null is NaN. */
  readonly feeds: Readonly<Record<string, readonly (readonly (number | string | null)[])[]>>;
  /** The source of the PyTorch module. */
  readonly module: string;
  readonly torch: readonly Prediction[];
  readonly torchOdd: readonly Prediction[];
}

const file = new URL("../goldens/nn/exports.json", import.meta.url);
const { cases }: { readonly cases: readonly Case[] } = JSON.parse(readFileSync(file, "utf8"));

const feedsOf = ({ feeds, json: { inputShape = [] } }: Case): Record<string, Feed> =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, rows]) => {
      const cells = rows.flat();
      const shape = [rows.length, ...(name === "input" ? inputShape : [1])];
      const words = cells.filter((cell) => typeof cell === "string");
      const numbers = Float32Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)));
      return [name, words.length === cells.length ? ["string", words, shape] : ["float32", numbers, shape]];
    }),
  );

describe.each(cases)("$name: the same weights predict the same", (each) => {
  const trained = unpackModel({ json: each.json, weights: Buffer.from(each.weights, "base64") });
  const net = new Net(trained, referenceDevice);

  it("in PyTorch, by the module that is still written", async () => {
    expect(exportPyTorch(trained)["model.py"]).toBe(each.module);
    expectSame(await net.predict(each.rows), each.torch);
    expectSame(await net.predict(each.odd), each.torchOdd);
  });

  it("in an ES module", async () => {
    const { predict } = await imported(trained);
    expectSame(predict(each.rows), await net.predict(each.rows));
    expectSame(predict(each.odd), await net.predict(each.odd));
  });

  it("in Downhill on its usual device", async () => {
    const usual = new Net(trained, await nodeDevice({}));
    expectSame(await usual.predict(each.rows), await net.predict(each.rows));
    await usual.dispose();
  });

  it.each(["node", "web"] as const)("in ONNX Runtime for %s", async (name) => {
    const { label, probabilities, value } = await runtimes[name](exportOnnx(trained), feedsOf(each));
    const expected = await net.predict(each.rows);
    expectNear(Array.from(probabilities ?? value, Number), expected);
    if (label !== undefined) expect(Array.from(label)).toEqual(expected.map((one) => one.label));
  });
});

it("the goldens cover each kind of prediction and of column", () => {
  const kinds = cases.map(({ torch: [first] }) => Object.keys(first).join());
  expect(new Set(kinds)).toEqual(new Set(["label,probabilities", "values"]));
  const columns = cases.flatMap(({ json }) =>
    json.preprocessing?.inputs.kind === "columns" ? json.preprocessing.inputs.columns.map(({ kind }) => kind) : [],
  );
  expect(new Set(columns)).toEqual(new Set(["number", "category", "boolean", "date"]));
});
