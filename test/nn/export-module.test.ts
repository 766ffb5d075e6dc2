import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { evaluate, type NDArray, sizeOf } from "../../src/expr/index.ts";
import { div, mul, sin } from "../../src/expr/operators/index.ts";
import { statements } from "../../src/nn/export/code/statements.ts";
import { sourceOf } from "../../src/nn/export/script/script-functions.ts";
import type { Called } from "../../src/nn/export/script/script-source.ts";
import { scriptLanguage } from "../../src/nn/export/script/script-words.ts";
import {
  dense,
  exportModule,
  functionModel,
  initializers,
  meanSquaredError,
  mlp,
  Net,
  sequential,
} from "../../src/nn/index.ts";
import { csvDataset, dataset, loadDataset } from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { fit as fitNet } from "../../src/train/node/train.ts";
import { operatorNames, type Sample, samples } from "../expr/samples.ts";
import { expectSame, imported } from "./exported.ts";
import { centring } from "./running-mean.ts";

const LINES = Array.from({ length: 90 }, (_, i) => ({
  size: i % 11 === 7 ? "" : `${i / 7}`,
  colour: i % 16 === 5 ? "" : ["red", "green", "blue", "Ünter"][i % 4],
  member: i % 2 ? "yes" : "no",
  weight: i % 10 === 3 ? "" : `${50 + (i % 7)}`,
  since: `2024-${String(1 + (i % 12)).padStart(2, "0")}-0${1 + (i % 9)}`,
  level: ["low", "mid", "high"][i % 3],
}));
const csv = (target: (i: number) => string) =>
  [
    "size,colour,member,weight,since,y",
    ...LINES.map(({ level, ...row }, i) => `${Object.values(row)},${target(i)}`),
  ].join("\n");
const options = { missing: "indicator", columns: ["size", "colour", "member", "weight", "since"] } as const;
const train = { optimizer: adam({ lr: 0.03 }), epochs: 4, seed: 2 };

describe("an exported ES module predicts what the net does", () => {
  it("for a table with numbers, words, dates and holes", async () => {
    const data = csvDataset(
      csv((i) => LINES[i].level),
      "csv:a.csv",
      options,
    );
    const net = await fitNet({ ...train, data, model: "dense:6:mish,dropout:0.2,dense:5:gelu,dense:4:selu,dense" });
    const rows = LINES.map(({ size, ...row }) => ({ ...row, size: size === "" ? null : Number(size), y: 1 }));
    const { predict } = await imported(net);
    expectSame(predict(rows), await net.predict(rows));
    expect(predict([])).toEqual([]);
  });

  it("for two classes by one logit, and more rows than are computed at a time", async () => {
    const data = csvDataset(
      csv((i) => (i % 2 ? "in" : "out")),
      "csv:c.csv",
      options,
    );
    const model = { format: "downhill-model 1", loss: "binary-cross-entropy", layers: [{ kind: "dense" }] } as const;
    const net = await fitNet({ ...train, data, model });
    const rows = Array.from({ length: 1203 }, (_, i) => LINES[i % LINES.length]);
    expectSame((await imported(net)).predict(rows), await net.predict(rows));
  });

  it("for several values in float64, and one", async () => {
    const rows = LINES.map(({ level, ...row }, i) => ({ ...row, y: 1e6 + i * i, z: -i / 3 }));
    for (const target of [["y", "z"], "y"] as const) {
      const data = dataset({ rows, target: [...target], missing: "mean" });
      const net = await fitNet({ ...train, data, model: "dense:5:softplus,dense", dtype: "f64" });
      expectSame((await imported(net)).predict(rows), await net.predict(rows));
    }
  });

  it("for images, and for a net without preprocessing", async () => {
    const digits = await loadDataset("digits", { limit: 100 });
    const net = await fitNet({ ...train, data: digits, model: "mlp:8" });
    const pixels = [0, 1, 2].map((k) => Float32Array.from({ length: 64 }, (_, i) => (i * 7 + k) % 17));
    expectSame((await imported(net)).predict(pixels), await net.predict(pixels));
    const plain = new Net(
      { model: mlp([3, 4, 2]), w: Float32Array.from({ length: 26 }, (_, i) => Math.sin(i)) },
      referenceDevice,
    );
    expectSame((await imported(plain)).predict([[1, 2, 3]]), await plain.predict([[1, 2, 3]]));
  });

  it("for layers and functions of one's own, with their state", async () => {
    const model = sequential([3], [centring.with({ rate: 0.5 }), dense(2, { activation: (x) => sin(mul(x, x)) })]);
    const trained = { model, w: Float64Array.from({ length: 11 }, (_, i) => Math.cos(i)), s: Float64Array.of(1, 2, 3) };
    const net = new Net(trained, referenceDevice);
    expectSame((await imported(trained)).predict([[1, 2, 4]]), await net.predict([[1, 2, 4]]));
    expect(exportModule(trained)).not.toContain("mean = reduce"); // which only training calls
    const wave = functionModel({
      inputShape: [2],
      parameters: [{ name: "ω₁", shape: [2], initialize: initializers.zeros }],
      loss: meanSquaredError,
      predict: (w, x) => sin(mul(w["ω₁"], x)),
    });
    const own = { model: wave, w: Float64Array.of(2, 3) };
    expectSame((await imported(own)).predict([[1, 2]]), await new Net(own, referenceDevice).predict([[1, 2]]));
  });
});

describe("an exported ES module reads rows as the net does", async () => {
  const header = "n,d,e,b,c,h,y";
  const lines = Array.from({ length: 60 }, (_, i) => {
    const words = ["café", "Rot", "None", "7", "rare"];
    const day = `${1 + (i % 28)}.${1 + (i % 12)}.2024`;
    return [
      i % 9 === 4 ? "" : i,
      `2024-01-${10 + (i % 20)}`,
      day,
      i % 2 ? "Yes" : "no",
      words[i % 5],
      words[i % 3],
      i % 7,
    ];
  });
  const text = [header, ...lines.map((cells) => cells.join(","))].join("\n");
  const data = csvDataset(text, "csv:cells.csv", {
    ...{ target: "y", task: "regression", missing: "mean", notMissing: ["None"] },
    columns: ["n", "d", "e", "b", "c", "h"],
  });
  const net = await fitNet({ ...train, data, model: "linear", dtype: "f64", epochs: 1, device: "reference" });
  const { predict } = await imported(net);
  const row = { n: 1, d: "2024-01-02", e: "3.4.2024", b: "yes", c: "Rot", h: "None" };
  const tricky = [
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
      "∞",
      "+inf",
      "?",
      "None",
      "none",
    ],
    ...["1", " 2.5 ", "1e3", ".5", "5.", "+7", "-0", "1e999", "0x10", "1,5", "1_0", "٣", "−3", "NaN0"],
    ...[
      "2024-02-29",
      "2023-02-29",
      "2024/3/4",
      "2024-1-1T23:59:59.5+02:00",
      "2024-01-01 24:00",
      "0050-01-01",
      "3.4.2024",
    ],
    ...["31/12/1999", "31.12.1999 10:30", "2024-01-01t00:00z", "9999-12-31"],
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
      "7",
      "7.0",
      "rare",
      "new",
    ],
    ...[0, 1, -1, 7, 0.1, 1e21, 1e-7, Number.NaN, Number.POSITIVE_INFINITY, true, false, 7n, null, undefined],
    ...[new Date(86_400_000 * 1.5), new Date(Number.NaN), {}, [1], Symbol.iterator, () => 1],
  ];
  const cell = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...tricky) }, fc.string(), fc.double(), fc.date());
  const rows = fc.record({ n: cell, d: cell, e: cell, b: cell, c: cell, h: cell }, { requiredKeys: [] });
  const outcome = async (answer: () => unknown): Promise<{ readonly value?: unknown; readonly error?: unknown }> => {
    try {
      return { value: await answer() };
    } catch (error) {
      return { error };
    }
  };
  /** A message without the value that it shows, and without the name that it proposes. */
  const bare = (error: unknown): string =>
    (error instanceof Error ? error.message : "")
      .replace(/; (is it|give it).*/, "")
      .replace(/" is .*; give/s, "is …; give");

  it("each cell to the same value, or the same error", async () => {
    for (const name of Object.keys(row))
      await fc.assert(
        fc.asyncProperty(cell, async (value) => {
          const given = [{ ...row, [name]: value }];
          const [own, ours] = [
            await outcome(() => predict(given)),
            await outcome(() => Reflect.apply(net.predict, net, [given])),
          ];
          expect(own.error?.constructor).toBe(ours.error?.constructor);
          expect(bare(own.error)).toBe(bare(ours.error));
          if (own.error === undefined) expectSame(Object(own.value), Object(ours.value));
        }),
        { numRuns: 300 },
      );
  });

  it("any row, with columns that lack or are spelled otherwise", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const [own, ours] = [
          await outcome(() => predict([row, given])),
          await outcome(() => Reflect.apply(net.predict, net, [[row, given]])),
        ];
        expect(own.error?.constructor).toBe(ours.error?.constructor);
        expect(bare(own.error)).toBe(bare(ours.error));
      }),
    );
    expect(() => predict([{ ...row, n: undefined }])).not.toThrow();
    const { n, ...rest } = row;
    expect(() => predict([{ ...rest, N: n }])).toThrow('predict: row 1 has no "n"; is it "N"?');
    expect(() => predict([[1]])).toThrow('predict: row 1 is [1]; give an object: { "n": …, "d": …, "e": … }');
    expect(() => Reflect.apply(predict, undefined, ["rows"])).toThrow('the rows are "rows"; give a list of them');
  });
});

/** An operator's functions, compiled to one that computes a sample. */
function computed(sample: Sample): NDArray {
  const called = new Set<Called>();
  let count = 0;
  const { lines, results } = statements([sample.expr], scriptLanguage, {
    ...{ called, masks: new Map(), newName: () => `t${++count}` },
    lengths: (shape) => shape.map(String),
  });
  const body = `${sourceOf(called)}\n${lines.join("\n")}\nreturn ${results[0].text};`;
  return Reflect.construct(Function, ["w", body])(sample.feeds);
}

describe("each operator in JavaScript gives what the interpreter does", () => {
  it.each(operatorNames)("%s", (name) => {
    fc.assert(
      fc.property(samples[name], (sample) => {
        const [expected] = evaluate([sample.expr], sample.feeds);
        const actual = computed(sample);
        expect([...actual.shape]).toEqual([...expected.shape]);
        expect(actual.data).toHaveLength(sizeOf(expected.shape));
        for (const [i, y] of expected.data.entries())
          if (Number.isFinite(y)) expect(Math.abs(actual.data[i] - y)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(y)));
          else expect(actual.data[i]).toBe(y);
      }),
    );
  });
});

it("a module has at most a million weights", () => {
  const model = mlp([1000, 1000, 2]);
  expect(() => exportModule({ model, w: new Float32Array(1_003_002) })).toThrow(
    "the net has 1,003,002 weights, and a module at most 1,000,000; export it as ONNX",
  );
  const counting = functionModel({
    ...{ inputShape: [2], parameters: [], loss: meanSquaredError },
    predict: (_, x) => div(x, x.shape[0]),
  });
  expect(() => exportModule({ model: counting, w: new Float32Array(0) })).toThrow(
    "computes with the number of examples",
  );
});
