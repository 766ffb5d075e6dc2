import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type ClassWeights,
  csvDataset,
  DataError,
  type Dataset,
  dataset,
  sourceOf,
  withClassWeights,
} from "../../src/data/index.ts";
import { loadDataset } from "../../src/data/node/index.ts";

const untyped = (json: string) => JSON.parse(json);
const count = 40;
const indices = Array.from({ length: count }, (_, i) => i);
const words = indices.map((i) => (i % 4 ? "no" : "yes"));
/** The weight says which row it is of: so it can be found in the set that the row is drawn into. */
const rows = indices.map((i) => ({ x: i, y: words[i], w: i / 2 }));

const text = (cells: (i: number) => string | number): string =>
  ["x,w,y", ...indices.map((i) => [i, cells(i), words[i]].join())].join("\n");

describe("a column of weights", () => {
  test("is no input; each set has the weights of its rows", () => {
    const data = dataset({ rows, target: "y", weights: "w" });
    expect(data.inputNames).toEqual(["x"]);
    const { mean, deviation } = data.standardization;
    for (const { inputs, weights } of [data.train, data.validation, data.test])
      expect(Array.from(weights ?? [], (weight) => Math.round(2 * weight))).toEqual(
        Array.from(inputs, (x) => Math.round(x * deviation[0] + mean[0])),
      );
    expect(data.columns?.map(({ role, inputs }) => [role, inputs])).toEqual([
      ["input", 1],
      ["target", 0],
      ["weights", 0],
    ]);
  });

  test("may be given by its number, and is the same from text, from rows and from arrays", () => {
    const byText = csvDataset(
      text((i) => i / 2),
      "t.csv",
      { weights: 2 },
    );
    const byRows = dataset({ rows: rows.map(({ x, y, w }) => ({ x, w, y })), weights: "w" });
    const inArrays = { inputs: rows.map(({ x }) => [x]), targets: words };
    const byArrays = [rows.map(({ w }) => w), Float32Array.from(rows, ({ w }) => w)].map((weights) =>
      dataset({ ...inArrays, weights }),
    );
    for (const other of [byRows, ...byArrays]) expect(other.train).toEqual(byText.train);
  });

  test("is cut with the training set by a limit, and left out with rows that have missing cells", () => {
    expect(dataset({ rows, target: "y", weights: "w", limit: 5 }).train.weights?.length).toBe(5);
    const holes = rows.map((row, i) => ({ ...row, x: i === 7 ? null : row.x, w: i === 7 ? null : row.w }));
    const data = dataset({ rows: holes, target: "y", weights: "w", missing: "drop" });
    expect(data.train.count + data.validation.count + data.test.count).toBe(39);
  });

  test.each<[string, (i: number) => string | number, string]>([
    ["missing", (i) => (i === 5 ? "" : 1), 't.csv: line 7, column 2 ("w"): the weight is missing'],
    [
      "negative",
      (i) => (i === 5 ? -2 : 1),
      't.csv: line 7, column 2 ("w"): the weight is -2; a weight is a finite number',
    ],
    ["a word", (i) => (i === 5 ? "much" : 1), 't.csv: line 7, column 2 ("w"): the weight is "much"'],
    ["0 everywhere", () => 0, 't.csv: column 2 ("w"): all 28 weights of the training set are 0'],
  ])("is refused where it is %s", (_, cells, words) => {
    expect(() => csvDataset(text(cells), "t.csv", { weights: "w" })).toThrow(DataError);
    expect(() => csvDataset(text(cells), "t.csv", { weights: "w" })).toThrow(words);
  });

  test.each([
    ["y", {}, "holds the weights, and is the target, too; say what to predict: target: a column"],
    ["w", { columns: ["x", "w"] }, "holds the weights, so it is nothing else; leave it off the other list"],
    ["w", { split: { column: "w" } }, "holds the weights, so it is nothing else"],
    ["v", {}, 'there is no column named "v"'],
  ])("%s that is something else, or is not there, is refused", (weights, options, words) => {
    expect(() =>
      csvDataset(
        text(() => 1),
        "t.csv",
        { weights, ...options },
      ),
    ).toThrow(words);
  });

  test.each([
    [[1, 2], RangeError, "dataset: 2 weights for 40 examples; give one for each"],
    [untyped('"many"'), TypeError, 'dataset: the weights are "many"; give a number for each example'],
    [untyped('["1"]'), TypeError, "the weights are"],
    [indices.map(() => Number.NaN), DataError, "the weight is missing"],
  ])("of arrays is refused as %j", (weights, kind, words) => {
    const make = () =>
      dataset({ inputs: indices.map((i) => [i]), targets: words.length ? indices.map((i) => i + 0.5) : [], weights });
    expect(make).toThrow(kind);
    expect(make).toThrow(words);
  });

  it("is refused for a data set that is no table", async () => {
    await expect(loadDataset("digits", { weights: 3 })).rejects.toThrow(
      "digits: it is no table, so it has no column of weights",
    );
  });
});

describe("class weights", () => {
  const data = dataset({ rows, target: "y", weights: "w" });
  const plain = dataset({ rows, target: "y", ignore: ["w"] });
  const totals = ({ train, classes }: Dataset) => {
    const sums = classes.map(() => 0);
    for (const [i, label] of train.targets.entries()) sums[label] += train.weights?.[i] ?? 1;
    return sums;
  };

  it("are by name, 1 for others, and only of the training set", () => {
    const yes = withClassWeights(plain, { yes: 3 });
    expect(yes.classWeights).toEqual([1, 3]);
    expect([...(yes.train.weights ?? [])]).toEqual(Array.from(yes.train.targets, (label) => (label === 1 ? 3 : 1)));
    expect([yes.validation.weights, yes.test.weights]).toEqual([undefined, undefined]);
  });

  it("multiply the weights of examples, and leave those of the other sets", () => {
    const both = withClassWeights(data, { no: 0.5 });
    expect([...(both.train.weights ?? [])]).toEqual(
      Array.from(data.train.weights ?? [], (weight, i) => weight * (data.train.targets[i] === 0 ? 0.5 : 1)),
    );
    expect(both.validation.weights).toBe(data.validation.weights);
  });

  it("that are balanced give all classes the same total, whatever the examples' own weights", () => {
    const label = fc.nat(3);
    const weight = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.array(fc.tuple(label, weight), { minLength: 1 }), (given) => {
        const train = {
          ...{ count: given.length, inputs: new Float64Array(given.length) },
          targets: Float64Array.from(given, ([each]) => each),
          weights: Float64Array.from(given, ([, each]) => each),
        };
        const made = withClassWeights({ ...plain, classes: ["a", "b", "c", "d"], train }, "balanced");
        const sums = totals(made).filter((sum) => sum > 0);
        for (const sum of sums) expect(sum).toBeCloseTo(sums[0], 9);
        const all = given.reduce((sum, [, each]) => sum + each, 0);
        expect(sums.reduce((a, b) => a + b)).toBeCloseTo(all, 9);
      }),
    );
  });

  it("are an option of tables, arrays and loaded sets alike", async () => {
    const wanted = withClassWeights(plain, "balanced");
    expect(dataset({ rows, target: "y", ignore: ["w"], classWeights: "balanced" })).toEqual(wanted);
    const arrays = { inputs: rows.map(({ x }) => [x]), targets: words, classWeights: { yes: 2 } };
    expect(dataset(arrays).classWeights).toEqual([1, 2]);
    const digits = await loadDataset("digits", { classWeights: { 3: 10 } });
    expect(digits.classWeights?.[3]).toBe(10);
    expect(digits.train.weights?.[digits.train.targets.indexOf(3)]).toBe(10);
  });

  test.each<[ClassWeights, string]>([
    [{ yess: 2 }, 'class weights: there is no class "yess"; did you mean "yes"?'],
    [{ perhaps: 2 }, 'there is no class "perhaps"; the classes are "no", "yes"'],
    [{ yes: -1 }, 'the weight of "yes" is -1; it must be a finite number, 0 or more'],
    [{ yes: Number.NaN }, 'the weight of "yes" is NaN'],
    [{ yes: 0, no: 0 }, "all weights of the training set are 0"],
    [untyped('"balance"'), 'classWeights is "balance"; give "balanced", or a weight for some classes'],
    [untyped("[1, 2]"), "classWeights is [1,2]"],
  ])("%j are refused", (given, words) => {
    expect(() => withClassWeights(plain, given)).toThrow(words);
  });

  it("are refused where numbers are predicted, and told of weights", () => {
    const numbers = dataset({ rows, target: "x", task: "regression" });
    expect(() => withClassWeights(numbers, "balanced")).toThrow(
      "numbers are predicted, so there are no classes to weigh; weigh the examples: weights: a column",
    );
  });
});

describe("weights near the ends of double precision", () => {
  const given = (weight: (i: number) => number) => ({
    ...{ inputs: Float64Array.from(indices), targets: Float64Array.from(indices, (i) => i % 2), count },
    weights: Float64Array.from(indices, weight),
  });
  const gathered = (weight: (i: number) => number): number[] => {
    const to = new Float64Array(count);
    const [inputs, targets] = [new Float64Array(count), new Float64Array(count)];
    sourceOf(given(weight)).gather(Uint32Array.from(indices), inputs, targets, to);
    return [...to];
  };

  it.each([1e308, 1e-310, 5e-324])("are scaled to mean 1: %s", (unit) => {
    expect(gathered(() => unit)).toEqual(indices.map(() => 1));
    expect(gathered((i) => (i % 2 ? 0 : unit))).toEqual(indices.map((i) => (i % 2 ? 0 : 2)));
  });

  it("are finite after those of classes are multiplied in", () => {
    const data = dataset({ rows: rows.map((row) => ({ ...row, w: 1e308 })), target: "y", weights: "w" });
    const plainly = dataset({ rows: rows.map((row) => ({ ...row, w: 1 })), target: "y", weights: "w" });
    for (const classWeights of ["balanced", { yes: 1e300 }] as const) {
      const [large, small] = [data, plainly].map((each) => withClassWeights(each, classWeights).train);
      const to = [new Float64Array(large.count), new Float64Array(large.count)];
      const all = Uint32Array.from({ length: large.count }, (_, i) => i);
      for (const [k, train] of [large, small].entries())
        sourceOf(train).gather(all, new Float64Array(large.count), new Float64Array(large.count), to[k]);
      for (const [i, weight] of to[0].entries()) expect(weight).toBeCloseTo(to[1][i], 12);
    }
  });
});
