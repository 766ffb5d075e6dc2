import { describe, expect, test } from "vitest";
import { type ArrayOptions, csvDataset, DataError, dataset, type Row, type RowOptions } from "../../src/data/index.ts";

const count = 40;
const indices = Array.from({ length: count }, (_, i) => i);
const inputs = indices.map((i) => [i, i * i]);
const words = indices.map((i) => (i % 2 ? "odd" : "even"));
const values = indices.map((i) => i / 2 + 0.25);

describe("dataset({ inputs, targets })", () => {
  test("splits, standardises, and takes words as classes", () => {
    const data = dataset({ inputs, targets: words });
    expect(data).toMatchObject({
      ...{ name: "data", task: "classification", classes: ["even", "odd"], inputShape: [2], outputs: 2 },
      ...{ inputNames: ["column 1", "column 2"], source: "40 examples" },
    });
    expect([data.train.count, data.validation.count, data.test.count]).toEqual([28, 6, 6]);
    const [mean, deviation] = [data.standardization.mean[0], data.standardization.deviation[0]];
    for (let i = 0; i < 28; i++)
      expect(Math.abs(Math.round(data.train.inputs[2 * i] * deviation + mean) % 2)).toBe(data.train.targets[i]);
  });

  test("rows may be typed arrays, or one array that the columns' names divide", () => {
    const flat = Float64Array.from(inputs.flat());
    expect(dataset({ inputs, targets: Uint8Array.from(indices, (i) => i % 3) }).classes).toEqual(["0", "1", "2"]);
    expect(dataset({ inputs: indices.map((i) => Int16Array.of(i, -i)), targets: words }).inputShape).toEqual([2]);
    const whole = dataset({ inputs, targets: values, columns: ["x", "y"] });
    for (const other of [inputs.map((row) => Float32Array.from(row)), flat])
      expect(dataset({ inputs: other, targets: Float64Array.from(values), columns: ["x", "y"] })).toEqual(whole);
    expect(whole).toMatchObject({ task: "regression", inputNames: ["x", "y"] });
  });

  test("targets: few whole numbers are classes, unless the task says otherwise; rows of numbers are several", () => {
    const digits = indices.map((i) => i % 3);
    expect(dataset({ inputs, targets: digits }).classes).toEqual(["0", "1", "2"]);
    expect(dataset({ inputs, targets: digits, task: "regression" }).task).toBe("regression");
    const pairs = indices.map((i) => [i, -i]);
    expect(dataset({ inputs, targets: pairs })).toMatchObject({ task: "regression", outputs: 2 });
    expect(dataset({ inputs, targets: Float64Array.from(pairs.flat()) }).outputs).toBe(2);
  });

  test("classes name the indices, in their order, and may be named in the targets", () => {
    const named = dataset({ inputs, targets: words, classes: ["odd", "even"] });
    expect(named.classes).toEqual(["odd", "even"]);
    const indexed = dataset({ inputs, targets: indices.map((i) => (i % 2 ? 0 : 1)), classes: ["odd", "even"] });
    expect(indexed.train.targets).toEqual(named.train.targets);
  });

  test.each<[string, ArrayOptions, string]>([
    ["no inputs", { inputs: [], targets: [] }, "dataset: the inputs are []; give a row of numbers for each example"],
    [
      "another number of targets",
      { inputs, targets: values.slice(1) },
      "dataset: 39 targets for 40 examples; give one for each",
    ],
    ["words for some", { inputs, targets: words.slice(2) }, "dataset: 38 targets for 40 examples; give one for each"],
    [
      "rows of two lengths",
      { inputs: [...inputs.slice(1), [1]], targets: values },
      "dataset: row 40 of the inputs has 1 values, but row 1 has 2",
    ],
    [
      "NaN",
      { inputs: inputs.map(([a, b]) => [a, b === 4 ? Number.NaN : b]), targets: values },
      "dataset: value 2 in row 3 of the inputs is NaN; give finite numbers",
    ],
    [
      "an infinite target",
      { inputs, targets: [...values.slice(1), Number.POSITIVE_INFINITY] },
      "dataset: value 1 in row 40 of the targets is Infinity; give finite numbers",
    ],
    [
      "one array without names",
      { inputs: Float64Array.from(inputs.flat()), targets: values },
      'dataset: the inputs are one array; say how long a row is by naming the columns: columns: ["x", "y"]',
    ],
    [
      "one array of another length",
      { inputs: Float64Array.from(inputs.flat()), targets: values, columns: ["a", "b", "c"] },
      "dataset: 80 inputs cannot be cut into rows of 3",
    ],
    [
      "too many names",
      { inputs, targets: values, columns: ["a"] },
      "dataset: 1 names for 2 columns; give one for each",
    ],
    [
      "an index that is no class",
      { inputs, targets: indices.map((i) => i % 3), classes: ["a", "b"] },
      "data: the target of example 3 is 2; give a name in classes, or an index from 0 to 1",
    ],
    [
      "a name that is no class",
      { inputs, targets: words, classes: ["odd", "evne"], name: "parity" },
      'parity: the target of example 1 is "even"; give a name in classes',
    ],
    [
      "few examples",
      { inputs: inputs.slice(0, 9), targets: values.slice(0, 9) },
      "has 9 rows of data, expected at least 10",
    ],
    ["a constant target", { inputs, targets: indices.map(() => 0.5) }, "the target is constant: 0.5 in all 28 rows"],
  ])("%s", (_name, options, message) => {
    expect(() => dataset(options)).toThrow(message);
  });

  test("values of other types, and unknown options, are refused", () => {
    const call = (options: unknown) => () => Reflect.apply(dataset, undefined, [options]);
    expect(call(undefined)).toThrow("dataset: there are no inputs and no rows in undefined; give dataset({ inputs");
    expect(call({ inputs: [[1, "2"]], targets: [1] })).toThrow(
      'dataset: row 1 of the inputs is [1,"2"]; give an array of numbers',
    );
    expect(call({ inputs: "1,2", targets: [1] })).toThrow('dataset: the inputs are "1,2"');
    expect(call({ inputs, targets: words, class: [] })).toThrow("did you mean classes or classWeights?");
    expect(call({ inputs, targets: [...words.slice(1), 3] })).toThrow('row 1 of the targets is "odd"; give');
    expect(call({ inputs })).toThrow("dataset: the targets are undefined; give one for each example");
  });
});

describe("dataset({ rows, target })", () => {
  const rows: Row[] = indices.map((i) => ({
    ...{ age: i % 7 === 3 ? null : 20 + i, plan: ["basic", "pro", "free"][i % 3], active: i % 2 === 0 },
    ...{ joined: new Date(Date.UTC(2024, 0, i + 1)), score: `${i}.5`, big: BigInt(i), stays: i % 4 === 0 },
  }));

  test("reads numbers, words, booleans, dates, and text that is all numbers", () => {
    const data = dataset({ rows, target: "stays", missing: "mean" });
    expect(data.columns?.map(({ name, kind, role }) => [name, kind, role])).toEqual([
      ["age", "number", "input"],
      ["plan", "category", "input"],
      ["active", "boolean", "input"],
      ["joined", "date", "left out"],
      ["score", "number", "input"],
      ["big", "number", "input"],
      ["stays", "boolean", "target"],
    ]);
    expect(data).toMatchObject({ classes: ["false", "true"], source: "40 rows", licence: "the owner's" });
    expect(data.inputNames).toEqual(["age", "plan = basic", "plan = free", "plan = pro", "active", "score", "big"]);
  });

  test("a column that a row lacks is missing there; the last column is the target by default", () => {
    const ragged = rows.map(({ plan, age = 0, ...row }, i) =>
      i % 9 ? { plan, score: row.score } : { age, score: row.score },
    );
    const data = dataset({ rows: ragged, missing: "mean", target: "score", task: "regression" });
    expect(data.columns?.map(({ name, missing }) => [name, missing])).toEqual([
      ["age", 35],
      ["score", 0],
      ["plan", 5],
    ]);
    expect(dataset({ rows: indices.map((i) => ({ a: i, b: i / 2 })) }).columns?.[1].role).toBe("target");
  });

  test.each<[string, RowOptions, string]>([
    ["no rows", { rows: [] }, "dataset: the rows are []; give a list of objects"],
    ["an unknown target", { rows, target: "stay" }, 'data: there is no column named "stay"; did you mean "stays"?'],
    [
      "a missing cell",
      { rows, target: "stays" },
      'data: row 4, column 1 ("age"): the cell is empty; 6 rows have no value in this column',
    ],
    [
      "infinity",
      { rows: [...rows, { age: Number.POSITIVE_INFINITY }] },
      "dataset: age of row 41 is Infinity; give a finite number, text, true, false, a Date or null",
    ],
    ["a column without a name", { rows, ignore: ["agee"] }, 'there is no column named "agee"; did you mean "age"?'],
  ])("%s", (_name, options, message) => {
    expect(() => dataset(options)).toThrow(message);
  });

  test("rows of other types are refused", () => {
    const call = (own: unknown) => () => Reflect.apply(dataset, undefined, [{ rows: own }]);
    expect(call([[1, 2]])).toThrow("dataset: row 1 is [1,2]; give an object, such as { age: 31");
    expect(call("a,b")).toThrow('dataset: the rows are "a,b"');
    expect(call([{ a: [1] }])).toThrow("dataset: a of row 1 is [1]; give a finite number");
    expect(call([{ a: new Date(Number.NaN) }])).toThrow("dataset: a of row 1 is");
    expect(() => dataset({ rows: indices.map((i) => ({ x: i, y: `${i}` })), task: "classification" })).toThrow(
      DataError,
    );
  });
});

describe("a data set to train a net further", () => {
  // An interface, which has no index signature: `npm run check` fails where only types with one are taken.
  interface Flat {
    readonly area: number;
    readonly kind: string;
    readonly price: number;
  }
  const flats = (shift: number): Flat[] =>
    indices.map((i) => ({ area: shift + i, kind: i % 3 ? "old" : "new", price: 3 * (shift + i) + 0.5 }));
  const { preprocessing } = dataset({ rows: flats(0), target: "price" });

  test("keeps what a net's preprocessing has decided, and its target, from rows", () => {
    const data = dataset({ rows: flats(100), preprocessing });
    expect(data.preprocessing?.inputs).toEqual(preprocessing?.inputs);
    expect(data.columns?.map(({ name, role }) => [name, role])).toEqual([
      ["area", "input"],
      ["kind", "input"],
      ["price", "target"],
    ]);
    const { mean, deviation } =
      preprocessing?.target.kind === "values" ? preprocessing.target : { mean: [], deviation: [] };
    expect(data.targetStandardization).toEqual({ mean, deviation });
    const csv = ["area,kind,price", ...flats(100).map((row) => Object.values(row).join())].join("\n");
    const { train, validation, test: held } = csvDataset(csv, "f.csv", { preprocessing });
    expect([data.train, data.validation, data.test]).toEqual([train, validation, held]);
    const reversed = flats(100).map(({ area, kind, price }) => ({ price, kind, area }));
    expect(dataset({ rows: reversed, preprocessing }).train).toEqual(train);
    expect(() => dataset({ rows: flats(100), preprocessing, rare: 3 })).toThrow(
      "rare: the net's preprocessing has decided that already; leave rare out",
    );
  });

  test("and from arrays", () => {
    const first = dataset({ inputs, targets: indices.map((i) => ["a", "b", "c"][i % 3]) });
    const moved = inputs.map(([x, y]) => [x + 100, y]);
    const targets = indices.map((i) => (i % 2 ? "c" : "a"));
    const data = dataset({ inputs: moved, targets, preprocessing: first.preprocessing });
    expect(data.standardization).toEqual(first.standardization);
    expect(data.classes).toEqual(["a", "b", "c"]);
    expect(new Set(data.train.targets)).toEqual(new Set([0, 2]));
  });

  test("a missing cell of rows is told of with settings that dataset takes", () => {
    const rows = (cell: unknown) => ({ rows: flats(0).map((flat, i) => (i === 3 ? { ...flat, area: cell } : flat)) });
    const refusal = 'leave such rows out (missing: "drop") or the column (ignore: ["area"])';
    expect(() => dataset(rows(Number.NaN))).toThrow(new RegExp(`${refusal.replace(/[()[\]]/g, "\\$&")}$`));
    expect(() => dataset({ ...rows("NaN"), missing: "drop" })).not.toThrow();
  });

  test("what an object inherits is no cell of it", () => {
    const rows = indices.map((i) => (i % 2 ? { x: i, valueOf: i } : { x: i }));
    expect(dataset({ rows, target: "x", task: "regression", missing: "mean" }).columns?.[1]).toMatchObject({
      missing: 20,
    });
  });
});
