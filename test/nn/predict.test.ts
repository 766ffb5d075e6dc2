import { describe, expect, it } from "vitest";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { evaluate } from "../../src/metrics/index.ts";
import { exportPyTorch, mlp, Net, packModel, unpackModel } from "../../src/nn/index.ts";
import { csvDataset, csvTable, type Dataset, dataset, loadDataset } from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { fit as fitNet } from "../../src/train/node/train.ts";
import { imported } from "./exported.ts";

const CSV = [
  "size,colour,member,weight,y",
  ...Array.from({ length: 80 }, (_, i) => {
    const colour = ["red", "green", "blue"][i % 3];
    return `${i},${i % 16 === 5 ? "" : colour},${i % 2 ? "yes" : "no"},${i % 10 === 3 ? "" : 50 + (i % 7)},${i % 2 ? "in" : "out"}`;
  }),
].join("\n");

const data = csvDataset(CSV, "csv:people.csv", { missing: "indicator" });
const train = (own: Dataset) =>
  fitNet({ model: "mlp:4", data: own, optimizer: adam({ lr: 0.02 }), epochs: 8, seed: 1, device: "reference" });
const row = { size: 3, colour: "red", member: true, weight: 51 };

describe("a fitted net", async () => {
  const net = await train(data);

  it("has the history of its training", () => {
    expect(net.epochs).toHaveLength(8);
    expect(net.epochs[7].validation.loss).toBeLessThan(net.epochs[0].validation.loss);
    expect(net.outcome.kind).toBe("completed");
    expect(net.test.accuracy).toBeDefined();
  });

  it("counts true as 1 and false as 0 in a column of numbers", async () => {
    const [given, counted] = [
      [true, false],
      [1, 0],
    ].map((sizes) => sizes.map((size) => ({ ...row, size })));
    expect(await net.predict(given)).toEqual(await net.predict(counted));
  });

  it("predicts for raw rows what it gives for the examples made of them", async () => {
    const table = csvTable(CSV, "people", { target: "y" });
    const byTable = await net.predictTable(table);
    const lines = CSV.split("\n").slice(1);
    const byRow = await net.predict(
      lines.map((line) => {
        const [size, colour, member, weight] = line.split(",");
        return { size: Number(size), colour, member: member === "yes", weight: weight === "" ? null : weight };
      }),
    );
    expect(byRow).toEqual(byTable);
    const metrics = await evaluate(net, data, { set: "train" });
    const own = await net.predictInputs(
      Array.from({ length: data.train.count }, (_, i) => {
        const width = data.inputShape[0];
        return data.train.inputs.subarray(i * width, (i + 1) * width);
      }),
    );
    const right = own.filter(({ label }, i) => label === data.classes[data.train.targets[i]]).length;
    expect(metrics).toMatchObject({ task: "classification", accuracy: right / data.train.count });
    expect(own.every(({ label }) => byRow.some((each) => each.label === label))).toBe(true);
  });

  it("takes the rows of an interface", async () => {
    interface Person {
      readonly size: number;
      readonly colour: string;
      readonly member: boolean;
      readonly weight: number | null;
    }
    const people: Person[] = [row];
    expect(await net.predict(people)).toEqual(await net.predict([row]));
  });

  it("takes a category or a class that usually stands for a missing value as what it is", async () => {
    const lines = CSV.split("\n").map((line) => line.replace("green", "None").replace(/in$/, "NA"));
    const notMissing = ["None", "NA"];
    const own = csvDataset(lines.join("\n"), "csv:none.csv", { missing: "indicator", notMissing });
    const trained = await train(own);
    const byWord = await trained.predict(["None", " None ", "none", null].map((colour) => ({ ...row, colour })));
    expect(byWord[1]).toEqual(byWord[0]);
    expect(byWord[2]).toEqual(byWord[3]);
    expect(byWord[3].probabilities).not.toEqual(byWord[0].probabilities);
    const again = csvDataset(lines.join("\n"), "csv:none.csv", {
      preprocessing: trained.preprocessing,
    });
    expect(again.train).toEqual(own.train);
  });

  it("refuses a row with values so large that its outputs are not finite, with its number", async () => {
    const large = { ...row, size: 1e300 };
    await expect(net.predict([row, large])).rejects.toThrow(/^predict: row 2: its values are so large/);
    const table = csvTable("size,colour,member,weight\n3,red,yes,51\n1e300,red,yes,51\n", "rows", { target: [] });
    await expect(net.predictTable(table)).rejects.toThrow(/^rows: line 3: its values are so large/);
    const { predict } = await imported(net);
    expect(() => predict([row, large])).toThrow(/^predict: row 2: its values are so large/);
    expect(exportPyTorch(net)["model.py"]).toContain("finite = outputs.isfinite()");
  });

  it("never proposes one of its own columns for another", async () => {
    const near = dataset({
      rows: Array.from({ length: 40 }, (_, i) => ({ Size: i % 7, size: i % 5, kind: i % 2 ? "in" : "out" })),
      target: "kind",
    });
    const own = await train(near);
    expect(() => own.predict([{ Size: 1 }])).toThrow('row 1 has no "size"; give it, or null');
    await own.dispose();
  });

  it("takes another word, and a missing value where some were missing in the training set", async () => {
    const [{ label, probabilities = {} }] = await net.predict([{ ...row, colour: "mauve", weight: undefined }]);
    expect(["in", "out"]).toContain(label);
    expect(Object.keys(probabilities)).toEqual(["in", "out"]);
    expect(probabilities.in + probabilities.out).toBeCloseTo(1, 12);
  });

  it.each([
    [{ size: 3, colour: "red", member: true }, RangeError, 'row 1 has no "weight"; give it, or null if it is missing'],
    [{ ...row, Colour: "red", colour: undefined, siz: 3 }, undefined, ""],
    [
      (({ colour, ...rest }) => ({ ...rest, Colour: colour }))(row),
      RangeError,
      'row 1 has no "colour"; is it "Colour"?',
    ],
    [{ ...row, size: "tall" }, TypeError, 'row 1: "size" is "tall"; give a number'],
    [{ ...row, member: "perhaps" }, TypeError, 'row 1: "member" is "perhaps"; give "no" or "yes"'],
    [{ ...row, size: {} }, TypeError, 'row 1: "size" is {}; give a number'],
    [[1, 2, 3, 4], TypeError, 'row 1 is [1,2,3,4]; give an object: { "size": …, "colour": …, "member": … }'],
  ])("says what is wrong with a row: %#", (given, error, words) => {
    const ask = () => Reflect.apply(net.predict, net, [[given]]);
    if (error === undefined) expect(ask).not.toThrow();
    else expect(ask).toThrow(error);
    if (words !== "") expect(ask).toThrow(words);
  });

  it("refuses a table without its columns, with the line of a cell that it cannot read", async () => {
    const predict = (text: string) => () => net.predictTable(csvTable(text, "new.csv", { target: [], header: true }));
    expect(predict("size,Colour,member,weight\n1,red,yes,3\n")).toThrow('new.csv: there is no column "colour"');
    expect(predict("weight,member,colour,size\n1,yes,red,3\n1,maybe,red,3\n")).toThrow(
      /new\.csv: line 3, column 2 \("member"\)/,
    );
  });

  it("is the same from its JSON and bytes, preprocessing included", async () => {
    const packed = packModel(net);
    const json: unknown = JSON.parse(JSON.stringify(packed.json));
    const again = new Net(unpackModel({ ...packed, json: Object(json) }), referenceDevice);
    expect(again.preprocessing).toEqual(data.preprocessing);
    expect(await again.predict([row])).toEqual(await net.predict([row]));
  });

  it("is evaluated on rows as on a table of them", async () => {
    const rows = CSV.split("\n")
      .slice(1)
      .map((line) => {
        const [size, colour, member, weight, y] = line.split(",");
        return { size: Number(size), colour, member, weight: weight === "" ? null : Number(weight), y };
      });
    const metrics = await evaluate(net, { rows });
    expect(metrics).toEqual(await evaluate(net, csvTable(CSV, "people", { target: "y" })));
    expect(await evaluate(net, { rows, target: "y" })).toEqual(metrics);
    await expect(evaluate(net, { rows, target: "size" })).rejects.toThrow(
      'evaluate: the target is "size", but the net predicts "y"; leave target out',
    );
    await expect(evaluate(net, { rows: rows.map(({ y, ...rest }) => rest) })).rejects.toThrow(
      'data: there is no column "y"',
    );
  });

  it.each([
    [[row], "evaluate: the data are [{"],
    [{ rows: [3] }, "row 1 is 3; give an object"],
    [{ task: "regression", train: [] }, "evaluate: data is {"],
    [undefined, "evaluate: the data are undefined; give a data set, a table from csvTable, or { rows: [{ … }, …] }"],
  ])("is not evaluated on %o", async (given, words) => {
    await expect(Reflect.apply(evaluate, undefined, [net, given])).rejects.toThrow(words);
  });

  it("is not evaluated on data that were prepared otherwise, but on a table", async () => {
    const other = csvDataset(CSV.split("\n").slice(0, 60).join("\n"), "csv:fewer.csv", { missing: "indicator" });
    await expect(evaluate(net, other)).rejects.toThrow("fewer.csv was prepared otherwise than the net's data");
    const metrics = await evaluate(net, csvTable(CSV, "people", { target: "y" }));
    expect(metrics).toMatchObject({ count: 80, baseline: { accuracy: 0.5 } });
    const unknown = CSV.replace(/,in$/m, ",elsewhere");
    await expect(evaluate(net, csvTable(unknown, "people", { target: "y" }))).rejects.toThrow(
      /"elsewhere" is no class of the net/,
    );
  });
});

it("predicts values in the target's unit, one or several", async () => {
  const inputs = Array.from({ length: 60 }, (_, i) => [i, (i * 7) % 11]);
  const columns = ["a", "b"];
  const one = await train(dataset({ inputs, columns, targets: inputs.map(([a]) => 1000 + 3 * a + 0.5) }));
  const [{ value }] = await one.predict([{ a: 30, b: 4 }]);
  expect(value).toBeGreaterThan(900);
  const both = await train(dataset({ inputs, columns, targets: inputs.map(([a, b]) => [1000 + a + 0.5, -b / 2]) }));
  const [{ values = {} }] = await both.predict([{ a: 30, b: 4 }]);
  expect(Object.keys(values)).toEqual(["target 1", "target 2"]);
  const { targets } = Object(
    await evaluate(both, dataset({ inputs, columns, targets: inputs.map(([a, b]) => [1000 + a + 0.5, -b / 2]) })),
  );
  expect(targets).toHaveLength(2);
});

it("standardises the pixels of an image itself", async () => {
  const digits = await loadDataset("digits", { limit: 60 });
  const net = await train(digits);
  const { mean, deviation } = digits.standardization;
  const pixels = digits.test.inputs.subarray(0, 64).map((x) => Math.round(x * deviation[0] + mean[0]));
  const [fromPixels] = await net.predict([pixels]);
  const [fromInputs] = await net.predictInputs([digits.test.inputs.subarray(0, 64)]);
  expect(fromPixels.label).toBe(fromInputs.label);
  for (const [name, p] of Object.entries(fromPixels.probabilities ?? {}))
    expect(p).toBeCloseTo(fromInputs.probabilities?.[name] ?? -1, 5);
  expect(() => net.predict([pixels.subarray(1)])).toThrow("row 1 has 63 values; give 64 numbers, of shape 1 × 8 × 8");
});

it("knows the training set's most frequent class, which is the baseline on other rows", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({ a: i, y: i % 3 ? "often" : "seldom" }));
  const net = await train(dataset({ rows, target: "y" }));
  const metrics = await evaluate(net, csvTable("a,y\n1,seldom\n2,seldom\n3,often\n4,seldom\n", "few", { target: "y" }));
  expect(metrics).toMatchObject({ baseline: { class: "often", accuracy: 0.25 } });
});

it("without preprocessing takes inputs as they are, and names classes by index", async () => {
  const model = mlp([2, 3]);
  const net = new Net({ model, w: new Float32Array(9) }, referenceDevice);
  expect(await net.predict([[1, 2]])).toEqual([{ label: "0", probabilities: { 0: 1 / 3, 1: 1 / 3, 2: 1 / 3 } }]);
});

it("refuses weights that are not finite, and preprocessing of another net", () => {
  const model = mlp([2, 3]);
  const w = new Float32Array(9);
  w[4] = Number.NaN;
  expect(() => packModel({ model, w })).toThrow("[4] is NaN; all weights must be finite");
  const preprocessing = data.preprocessing;
  expect(() => packModel({ model, w: new Float32Array(9), preprocessing })).toThrow(
    /preprocessing makes \d+ inputs, but the net takes 2/,
  );
});
