import { describe, expect, test } from "vitest";
import { fitCurve } from "../../src/curves/index.ts";
import { type CsvOptions, csvDataset, csvTable, DataError } from "../../src/data/index.ts";

const rows = (count: number, row: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${row(i)}\n`).join("");
const read = (text: string, options?: CsvOptions) => csvDataset(text, "csv:f.csv", options);
const two = (i: number) => (i % 2 ? "yes" : "no");

describe("a column is", () => {
  const kindOf = (cell: (i: number) => string, options?: CsvOptions) => {
    const data = read(`x,a,y\n${rows(40, (i) => `${i},${cell(i)},${two(i)}`)}`, options);
    const column = data.columns?.[1];
    return [column?.kind, column?.role, column?.inputs];
  };

  test.each<[string, (i: number) => string, unknown[]]>([
    ["numbers", (i) => `${i / 2}`, ["number", "input", 1]],
    ["yes and no", two, ["boolean", "input", 1]],
    ["TRUE and FALSE", (i) => (i % 3 ? "TRUE" : "FALSE"), ["boolean", "input", 1]],
    ["categories", (i) => `c${i % 4}`, ["category", "input", 4]],
    ["two categories", (i) => (i % 2 ? "left" : "right"), ["category", "input", 2]],
    ["yes in two spellings", (i) => ["yes", "Yes", "no"][i % 3], ["category", "input", 3]],
    ["ISO dates", (i) => `2024-01-${10 + (i % 9)}`, ["date", "left out", 0]],
    ["ISO times", (i) => `2024-01-10T08:${10 + i}:00Z`, ["date", "left out", 0]],
    ["German dates", (i) => `${1 + (i % 9)}.4.2024`, ["date", "left out", 0]],
    ["English dates", (i) => `${1 + (i % 28)}/04/2024`, ["date", "left out", 0]],
    ["numbers that are always the same", () => "7", ["number", "left out", 0]],
    ["a word that is always the same", () => "red", ["category", "left out", 0]],
    ["nothing", () => "", ["empty", "left out", 0]],
  ])("%s", (_name, cell, expected) => {
    expect(kindOf(cell)).toEqual(expected);
  });

  test("one-hot with one more input for words in one row of the training set, and those of the other sets", () => {
    const { inputNames, columns } = read(
      `x,a,y\n${rows(40, (i) => `${i},${i < 35 ? `c${i % 3}` : `r${i}`},${two(i)}`)}`,
    );
    expect(inputNames).toEqual(["x", "a = c0", "a = c1", "a = c2", "a is another"]);
    expect(columns?.[1]).toMatchObject({
      different: 8,
      frequent: [
        { word: "c0", rows: 12 },
        { word: "c1", rows: 12 },
        { word: "c2" },
        ...Array.from({ length: 5 }, () => ({ rows: 1 })),
      ],
    });
  });

  test("in the order of values where the words are numbers, else of characters", () => {
    const text = `x,a,y\n${rows(60, (i) => `${i},${["10 cm", "9 cm", "100 cm"][i % 3]},${two(i)}`)}`;
    expect(read(text).inputNames).toEqual(["x", "a = 10 cm", "a = 100 cm", "a = 9 cm"]);
  });
});

describe("dates that are asked for", () => {
  const inputs = (cell: (i: number) => string) => {
    const data = read(`d,y\n${rows(40, (i) => `${cell(i)},${i / 2}`)}`, { columns: ["d"] });
    const [column] = data.preprocessing?.inputs.kind === "columns" ? data.preprocessing.inputs.columns : [];
    return column;
  };
  const DAY = Date.UTC(2024, 3, 3) / 86_400_000;

  test("are days since 1970, in whichever order the column shows", () => {
    // 3 April 2024 in half of the rows, 13 April in the others
    const mean = (cell: (i: number) => string) => {
      const column = inputs(cell);
      return column.kind === "date" ? [Math.abs(column.mean - DAY - 5) < 4, column.dayFirst] : [];
    };
    expect(mean((i) => (i % 2 ? "2024-04-03" : "2024-04-13"))).toEqual([true, undefined]);
    expect(mean((i) => (i % 2 ? "2024/4/3" : "2024/04/13"))).toEqual([true, undefined]);
    expect(mean((i) => (i % 2 ? "03.04.2024" : "13.4.2024"))).toEqual([true, true]);
    expect(mean((i) => (i % 2 ? "03/04/2024" : "13/04/2024"))).toEqual([true, true]);
    expect(mean((i) => (i % 2 ? "04/03/2024" : "04/13/2024"))).toEqual([true, false]);
    expect(mean((i) => (i % 2 ? "2024-04-03T12:00:00+02:00" : "2024-04-13 01:00"))).toEqual([true, undefined]);
  });

  test("may be either day or month first: refused, with the first one and what to do", () => {
    const attempt = () => inputs((i) => (i % 2 ? "03/04/2024" : "05/06/2024"));
    expect(attempt).toThrow(DataError);
    expect(attempt).toThrow(
      'csv:f.csv: line 2, column 1 ("d"): "05/06/2024" may be 5 June or 6 May; write dates as 2024-06-05, or leave the column out: ignore: ["d"]',
    );
  });

  test("are left out unless asked for, and the first and last are known", () => {
    const { columns } = read(`d,x,y\n${rows(40, (i) => `2024-01-${10 + (i % 9)},${i},${i / 2}`)}`);
    expect(columns?.[0]).toMatchObject({
      reason: "dates are used only if asked for",
      dates: { first: "2024-01-10", last: "2024-01-18" },
    });
  });
});

describe("columns are chosen", () => {
  const text = `id,size,colour,note,price\n${rows(40, (i) => `${i},${i % 7},${["red", "blue"][i % 2]},n${i},${i / 2}`)}`;
  const used = (options: CsvOptions) => read(text, options).inputNames;

  test("by leaving some out, by name and by number", () => {
    expect(used({ ignore: ["id", "note"] })).toEqual(["size", "colour = blue", "colour = red"]);
    expect(used({ ignore: [1, "4"] })).toEqual(["size", "colour = blue", "colour = red"]);
  });

  test("by naming the inputs; the order is the table's", () => {
    expect(used({ columns: ["colour", "size"] })).toEqual(["size", "colour = blue", "colour = red"]);
    expect(used({ columns: ["colour", "size"], ignore: ["size"] })).toEqual(["colour = blue", "colour = red"]);
  });

  test.each<[CsvOptions, string]>([
    [{ ignore: ["siez"] }, 'there is no column named "siez"; did you mean "size"?'],
    [{ columns: [6] }, "there is no column 6; expected a number from 1 to 5"],
    [{ ignore: ["price"] }, 'column 5 ("price") is the target; a target cannot be an input, nor left out'],
    [{ columns: ["price"] }, 'column 5 ("price") is the target'],
    [{ target: ["size", 2] }, 'column 2 ("size") is to be predicted twice; name it once'],
    [{ ignore: [1, 2, 3, 4] }, 'no column is left to predict from (column 1 ("id"): ignored; '],
    [{ target: ["price", "colour"] }, '"red" is not a number'],
    [{ target: ["price", "size"], task: "classification" }, "cannot be classes together; name one column"],
  ])("%j: %s", (options, message) => {
    expect(() => read(text, options)).toThrow(DataError);
    expect(() => read(text, options)).toThrow(message);
  });

  test("text of many different words is refused, all such columns at once", () => {
    const long = `name,size,note,y\n${rows(120, (i) => `Ann ${i},${i},see ${i},${two(i)}`)}`;
    expect(() => read(long)).toThrow(
      'csv:f.csv: column 1 ("name"): it holds text, 120 different words, such as "Ann 0", and so does column 3 ("note"); at most 100 different words are taken as categories; leave them out: ignore: ["name","note"]',
    );
    expect(() => read(long, { ignore: ["note"] })).toThrow('ignore: ["name"]');
    expect(read(long, { ignore: ["name", "note"] }).inputNames).toEqual(["size"]);
    expect(read(long, { columns: ["note", "size"], rare: 2 }).inputNames).toEqual(["size"]); // each word once: one input that says nothing
  });
});

describe("several targets", () => {
  const text = `a,u,v\n${rows(40, (i) => `${i % 7},${i},${1000 - 3 * i}`)}`;

  test("are a regression with as many outputs, each with its own unit", () => {
    const data = read(text, { target: ["u", "v"] });
    expect([data.task, data.outputs, data.classes, data.train.targets.length]).toEqual(["regression", 2, [], 56]);
    const { mean = [], deviation = [] } = data.targetStandardization ?? {};
    for (let i = 0; i < 28; i++) {
      const [u, v] = [0, 1].map((at) => data.train.targets[2 * i + at] * deviation[at] + mean[at]);
      expect(v).toBeCloseTo(1000 - 3 * u, 9);
    }
    expect(data.preprocessing?.target).toMatchObject({ kind: "values", names: ["u", "v"], mean, deviation });
    expect(data.form?.target).toBe(2);
  });

  test("a constant one is refused by name", () => {
    const flat = text.replaceAll(/,\d+$/gm, ",5");
    expect(() => read(flat, { target: ["u", "v"] })).toThrow('column 3 ("v") is constant: 5 in all 28 rows');
  });
});

describe("missing cells", () => {
  const text = `a,b,y\n${rows(40, (i) => `${i % 4 === 1 ? "" : i},${i % 5 ? "red" : "NA"},${i / 2}`)}`;

  test("are refused by default; the first is named, with three ways out", () => {
    expect(() => read(text)).toThrow(
      'csv:f.csv: line 2, column 2 ("b"): "NA" stands for a missing value; 8 rows have no value in this column; fill it in (missing: "mean"), leave such rows out (missing: "drop"',
    );
  });

  test("in a column that is else constant are an input of their own with an indicator, and nothing without", () => {
    const holes = `a,b,y\n${rows(40, (i) => `${i},${i % 3 ? 0.1 : ""},${i / 2}`)}`;
    const { inputNames, train } = read(holes, { missing: "indicator" });
    expect(inputNames).toEqual(["a", "b", "b is missing"]);
    for (let i = 0; i < train.count; i++)
      expect([
        [0, 0],
        [0, 1],
      ]).toContainEqual([...train.inputs.slice(3 * i + 1, 3 * i + 3)]);
    for (const missing of ["mean", "median"] as const) expect(read(holes, { missing }).inputNames).toEqual(["a"]);
  });

  test("drop leaves their rows out, and counts them", () => {
    const data = read(text, { missing: "drop", ignore: ["b"] });
    expect([data.dropped, data.train.count + data.validation.count + data.test.count]).toEqual([10, 30]);
    const holes = text.replaceAll(/^(\d+),red/gm, "$1,");
    expect(() => read(holes, { missing: "drop" })).toThrow(
      "each of the 40 rows has a missing cell; leave out the columns",
    );
  });

  test("a missing target is refused by default; otherwise its row is left out, and counted", () => {
    const holes = `a,y\n${rows(40, (i) => `${i},${i === 5 ? "?" : i / 2}`)}`;
    for (const missing of ["drop", "mean", "median", "indicator"] as const)
      expect(read(holes, { missing }).dropped).toBe(1);
    expect(() => read(holes)).toThrow('line 7, column 2 ("y"): the target is "?", which stands for a missing value');
  });

  test("an unknown policy is refused", () => {
    expect(() => Reflect.apply(csvDataset, undefined, [text, "f", { missing: "mena" }])).toThrow(RangeError);
    expect(() => Reflect.apply(csvDataset, undefined, [text, "f", { missing: "mena" }])).toThrow("did you mean mean?");
  });
});

describe("a split", () => {
  const text = `a,set,y\n${rows(40, (i) => `${i},${["train", "Training", "val", "test"][i % 4]},${i % 2}`)}`;
  const counts = (options: CsvOptions, own = text) => {
    const { train, validation, test: tested } = read(own, { ignore: ["set"], ...options });
    return [train.count, validation.count, tested.count];
  };

  test("by fractions", () => {
    expect(counts({})).toEqual([28, 6, 6]);
    expect(counts({ split: { validation: 0.2, test: 0.1 } })).toEqual([28, 8, 4]);
    expect(counts({ split: { test: 0.5 } })).toEqual([14, 6, 20]);
    expect(counts({ split: { validation: 0.001, test: 0.001 } })).toEqual([38, 1, 1]);
  });

  test("by a seed: the same for the same, another for another", () => {
    const inputs = (seed?: number) => [
      ...read(text, { ignore: ["set"], split: seed === undefined ? {} : { seed } }).test.inputs,
    ];
    expect(inputs(1)).toEqual(inputs(1));
    expect(inputs(1)).not.toEqual(inputs(2));
    expect(inputs()).not.toEqual(inputs(1));
  });

  test("by a column, which is no input", () => {
    const data = read(text, { split: { column: "set" } });
    expect([data.train.count, data.validation.count, data.test.count]).toEqual([20, 10, 10]);
    expect(data.inputNames).toEqual(["a"]);
    expect(data.columns?.[1]).toMatchObject({ role: "left out", reason: "names each row's set" });
  });

  test.each<[CsvOptions, string]>([
    [{ split: { validation: 0.6, test: 0.4 } }, "leave nothing to train on; give less than 1 together"],
    [{ split: { validation: 1 } }, "split: validation is 1; it must be"],
    [{ split: { validation: 0 } }, "split: validation is 0; it must be"],
    [
      { split: { column: "set", test: 0.1 } },
      'split: the column "set" says each row\'s set; leave out the fractions and the seed',
    ],
    [{ split: { column: "ste" } }, 'there is no column named "ste"; did you mean "set"?'],
    [{ split: { column: "a" } }, 'line 2, column 1 ("a"): "0" is no set; expected "train", "validation" or "test"'],
    [{ split: { column: "y" } }, 'column 3 ("y") is the target'],
  ])("%j: %s", (options, message) => {
    expect(() => read(text, options)).toThrow(message);
  });

  test("by a column that names no row of a set, or another word", () => {
    const other = (word: string) => text.replaceAll("val", word);
    expect(() => read(other("test"), { split: { column: "set" } })).toThrow('no row is in the set "validation"');
    expect(() => read(other("later"), { split: { column: "set" } })).toThrow(
      'line 4, column 2 ("set"): "later" is no set',
    );
    expect(() => read(other(""), { split: { column: "set" } })).toThrow("no set is named");
  });
});

test("columns of one name are refused as inputs, with their numbers, and one of them can be chosen or left out", () => {
  const text = ["a,a,y", ...Array.from({ length: 20 }, (_, i) => `${i},${i * i},${i % 2 ? "in" : "out"}`)].join("\n");
  const named = /^twins.csv: columns 1, 2 are all named "a".*leave one out \(ignore: \[2\]\).*columns: \[1\]/;
  expect(() => csvDataset(text, "twins.csv")).toThrow(named);
  expect(csvDataset(text, "twins.csv", { columns: [1] }).inputShape).toEqual([1]);
  expect(csvDataset(text, "twins.csv", { ignore: [2] }).inputShape).toEqual([1]);
});

test("a formula does not take the first of two columns of one name", () => {
  const table = csvTable("x,x,y\n1,5,2\n2,6,4\n3,9,6", "twins.csv", { target: [] });
  expect(() => fitCurve({ formula: "y = a*x", data: table })).toThrow(/^twins.csv: columns 1, 2 are all named "x"/);
});
