import { describe, expect, it } from "vitest";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import type { Expr } from "../../src/expr/index.ts";
import { div, mul } from "../../src/expr/operators/index.ts";
import { dense, exportOnnx, layer, Net, type Prediction, sequential } from "../../src/nn/index.ts";
import { csvDataset, csvTable, type Dataset, loadDataset } from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { fit as fitNet } from "../../src/train/node/train.ts";
import { type Feed, runtimes } from "./onnx-runtimes.ts";
import { centring } from "./running-mean.ts";

const LINES = Array.from({ length: 90 }, (_, i) => {
  const colour = i % 16 === 5 ? "" : ["red", "green", "blue", "Ünter"][i % 4];
  const date = `2024-${String(1 + (i % 12)).padStart(2, "0")}-0${1 + (i % 9)}`;
  return [`${i / 7}`, colour, i % 2 ? "yes" : "no", i % 10 === 3 ? "" : `${50 + (i % 7)}`, date, `${1e6 + i * i}`];
});
const HEAD = "size,colour,member,weight,since,y";
const csv = (target: (i: number) => string) =>
  [HEAD, ...LINES.map((cells, i) => [...cells.slice(0, 5), target(i)].join(","))].join("\n");

const options = { missing: "indicator", columns: ["size", "colour", "member", "weight", "since"] } as const;
const days = (text: string) => Date.parse(text) / 86_400_000;

/** The inputs of the exported model for the lines. */
const feeds = (lines: readonly (readonly string[])[]): Record<string, Feed> => {
  const column = (at: number): string[] => lines.map((cells) => cells[at]);
  const numbers = (values: readonly number[]): Feed => ["float32", Float32Array.from(values), [lines.length, 1]];
  const words = (values: string[]): Feed => ["string", values, [lines.length, 1]];
  return {
    size: numbers(column(0).map(Number)),
    colour: words(column(1)),
    member: words(column(2)),
    weight: numbers(column(3).map((text) => (text === "" ? Number.NaN : Number(text)))),
    since: numbers(column(4).map(days)),
  };
};

const train = (data: Dataset, more: object = {}) =>
  fitNet({ model: "mlp:5", data, optimizer: adam({ lr: 0.03 }), epochs: 6, seed: 2, ...more });

const probabilitiesOf = (predictions: readonly Prediction[]): number[] =>
  predictions.flatMap(({ probabilities = {} }) => Object.values(probabilities));

function expectNear(actual: ArrayLike<unknown>, expected: readonly number[], tolerance: (y: number) => number): void {
  expect(actual).toHaveLength(expected.length);
  const worst = Math.max(...expected.map((y, i) => Math.abs(Number(actual[i]) - y) / tolerance(y)));
  expect(worst).toBeLessThan(1);
}

describe.each(["node", "web"] as const)("exported to ONNX, in ONNX Runtime for %s", (name) => {
  const run = runtimes[name];
  const table = (text: string) => csvTable(text, "rows", { target: "y" });

  it("a classifier gives Downhill's probabilities and labels for raw rows, any number of them", async () => {
    const text = csv((i) => ["low", "mid", "high"][i % 3]);
    const net = await train(csvDataset(text, "csv:a.csv", options));
    const bytes = exportOnnx(net);
    const expected = await net.predictTable(table(text));
    for (const count of [1, 7, LINES.length]) {
      const results = await run(bytes, feeds(LINES.slice(0, count)));
      expect(Array.from(results.label)).toEqual(expected.slice(0, count).map(({ label }) => label));
      expectNear(results.probabilities, probabilitiesOf(expected.slice(0, count)), () => 1e-6);
    }
  });

  it("a regression gives its values in the target's unit, other words and holes included", async () => {
    const text = csv((i) => `${1e6 + i * i}`);
    const net = await train(csvDataset(text, "csv:b.csv", options));
    const odd = [
      ["3.5", "mauve", "yes", "", "2023-01-01", "0"],
      ["1e3", "", "no", "60", "1969-12-31", "0"],
    ];
    const expected = await net.predictTable(table([HEAD, ...odd.map((cells) => cells.join(","))].join("\n")));
    const { value } = await run(exportOnnx(net), feeds(odd));
    expectNear(
      value,
      expected.map((each) => each.value ?? Number.NaN),
      (y) => 1e-5 * Math.abs(y),
    );
  });

  it("one logit gives the probabilities of both classes", async () => {
    const text = csv((i) => (i % 2 ? "in" : "out"));
    const net = await train(csvDataset(text, "csv:c.csv", options), {
      model: { format: "downhill-model 1", loss: "binary-cross-entropy", layers: [{ kind: "dense" }] },
    });
    const results = await run(exportOnnx(net), feeds(LINES));
    const expected = await net.predictTable(table(text));
    expectNear(results.probabilities, probabilitiesOf(expected), () => 1e-6);
    expect(Array.from(results.label)).toEqual(expected.map(({ label }) => label));
  });

  it("images are standardised inside", async () => {
    const digits = await loadDataset("digits", { limit: 100 });
    const net = await train(digits, { dtype: "f64" });
    const pixels = Float32Array.from({ length: 128 }, (_, i) => (i * 7) % 17);
    const results = await run(exportOnnx(net), { input: ["float32", pixels, [2, 1, 8, 8]] });
    const expected = await net.predict([pixels.subarray(0, 64), pixels.subarray(64)]);
    expectNear(results.probabilities, probabilitiesOf(expected), () => 1e-6);
  });
});

it.each([
  ["label", "yes,no"],
  ["value", "1.5,2.5"],
])("an input named %s, as an output is, is refused", async (name, targets) => {
  const own = targets.split(",");
  const text = [`${name},y`, ...Array.from({ length: 40 }, (_, i) => `${i},${own[i % 2]}`)].join("\n");
  const net = await train(csvDataset(text, "csv:named.csv", { target: "y" }));
  expect(() => exportOnnx(net)).toThrow(`the column "${name}" is named as an output of the ONNX file; rename it`);
});

const custom = (forward: (x: Expr) => Expr) =>
  layer({
    ...{ kind: "custom", title: "custom", options: [], inputs: "row", outputs: null, read: () => ({}) },
    build: (_, inputShape) => ({
      ...{ outputShape: inputShape, parameters: {}, state: {}, multiplyAdds: 0, role: { kind: "other" } },
      forward: (x) => ({ outputs: forward(x), state: {} }),
    }),
  }).with({});

it("a layer of one's own is exported with its state, and refused if it computes with the number of examples", async () => {
  const model = sequential([3], [custom((x) => mul(x, 2)), centring.with({ rate: 0.5 }), dense(2)]);
  const w = Float32Array.from({ length: 11 }, (_, i) => (i - 5) / 4);
  const bytes = exportOnnx({ model, w, s: Float32Array.of(1, 2, 3) });
  const inputs = Float32Array.of(1, 2, 3, -1, 0, 4);
  const { probabilities } = await runtimes.node(bytes, { input: ["float32", inputs, [2, 3]] });
  const net = new Net({ model, w, s: Float32Array.of(1, 2, 3) }, referenceDevice);
  expectNear(
    probabilities,
    probabilitiesOf(
      await net.predict([
        [1, 2, 3],
        [-1, 0, 4],
      ]),
    ),
    () => 1e-6,
  );
  const counting = sequential([3], [custom((x) => div(x, x.shape[0])), dense(2)]);
  expect(() => exportOnnx({ model: counting, w: new Float32Array(8) })).toThrow(
    "a layer computes with the number of examples, so it cannot be exported for batches of any length",
  );
});
