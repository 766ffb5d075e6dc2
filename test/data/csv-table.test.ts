import { describe, expect, test } from "vitest";
import { type CsvOptions, csvDataset, DataError } from "../../src/data/index.ts";
import { asRead } from "./as-read.ts";

const table = (text: string, options?: CsvOptions) => asRead(text, "csv:f.csv", options);
const dataset = (text: string, options?: CsvOptions) => csvDataset(text, "csv:f.csv", options);
/** Rows of two inputs and what `answer` makes of the row. */
const rows = (count: number, answer: (row: number) => unknown) =>
  Array.from({ length: count }, (_, i) => `${i},${i * i},${answer(i)}\n`).join("");

describe("what a file means", () => {
  test("a header, numbers, and text classes in the order of the alphabet", () => {
    const { description, columns, inputs, targets } = table(
      "width,height,kind\n1,2.5,cat\n-3e2,.5,ant\n+4,6.,cat\n0,0,ant\n",
    );
    expect(description).toMatchObject({ name: "csv:f.csv", task: "classification", classes: ["ant", "cat"] });
    expect(columns).toEqual(['column 1 ("width")', 'column 2 ("height")']);
    expect([...inputs]).toEqual([1, 2.5, -300, 0.5, 4, 6, 0, 0]);
    expect([...targets]).toEqual([1, 0, 1, 0]);
  });

  test("no header: the iris file's form", () => {
    const { columns, inputs, description } = table("5.1,3.5,setosa\n7.0,3.2,virginica\n5,3,setosa\n6,3,virginica\n");
    expect(columns).toEqual(["column 1", "column 2"]);
    expect(inputs).toHaveLength(8);
    expect(description.classes).toEqual(["setosa", "virginica"]);
  });

  test("columns without names are called as messages call them", () => {
    const text = rows(20, (i) => (i % 2 ? "cat" : "ant"));
    const named = dataset(text, { target: "column 3", ignore: ["column 1"] });
    expect(named.columns).toEqual(dataset(text, { target: 3, ignore: [1] }).columns);
    expect(named.columns?.map(({ name, role }) => [name, role])).toEqual([
      ["column 1", "left out"],
      ["column 2", "input"],
      ["column 3", "target"],
    ]);
    const own = dataset(`column 2,b,c\n${text}`, { target: "c", ignore: ["column 2"] });
    expect(own.columns?.[0]).toMatchObject({ name: "column 2", role: "left out" });
  });

  test("whole numbers are classes in numeric order, called as they are spelled", () => {
    const { description, targets } = table("1,10\n2,9\n3,1\n4,1\n5,10\n6,9\n");
    expect(description.classes).toEqual(["1", "9", "10"]);
    expect([...targets]).toEqual([2, 1, 0, 0, 2, 1]);
    expect(table(rows(20, (i) => `00${7 + (i % 4)}`.slice(-3))).description.classes).toEqual([
      "007",
      "008",
      "009",
      "010",
    ]);
  });

  test.each([
    ["007", "7"],
    ["7", "07"],
    ["1e1", "10"],
    ["1", "1.0"],
    ["+1", "1"],
    ["0", "-0"],
  ])("%s and %s are not merged in silence", (one, other) => {
    const text = rows(20, (i) => (i % 2 ? other : one));
    expect(() => table(text)).toThrow(
      `line 2, column 3: "${other}" is the same number as "${one}" in line 1; spell it one way, or keep each spelling`,
    );
    const { classes } = table(text, { task: "classification" }).description;
    expect([...classes].sort()).toEqual([one, other].sort());
    expect(table(text, { task: "regression" }).description.task).toBe("regression");
  });

  test("ids that a double does not tell apart are different classes, and no constant input", () => {
    const id = (i: number) => `1234567890123456789${i % 4}`;
    expect(table(rows(60, id)).description.classes).toEqual([0, 1, 2, 3].map(id));
    const text = `id,a,y\n${rows(60, (i) => i / 2).replace(/^(\d+),/gm, (_, i) => `${id(Number(i))},`)}`;
    expect(dataset(text).columns?.[0]).toMatchObject({
      role: "left out",
      reason: "constant to the 16 digits of a double: 12345678901234567000 in all 42 rows of the training set",
    });
  });

  test("blanks about quotes do not count, and words are the same however their characters are composed", () => {
    const spellings = ['"yes"', ' "yes"', '\t"yes" ', "yes", " yes "];
    expect(table(rows(20, (i) => (i % 2 ? "no" : spellings[i % 5]))).description.classes).toEqual(["no", "yes"]);
    expect(table(rows(20, (i) => (i % 2 ? ' "New York, NY"' : '"Austin, TX"'))).description.classes).toEqual([
      "Austin, TX",
      "New York, NY",
    ]);
    const cafes = ["café".normalize("NFC"), "café".normalize("NFD"), "tea"];
    expect(table(rows(30, (i) => cafes[i % 3])).description.classes).toEqual(["café".normalize("NFC"), "tea"]);
  });

  test.each(["yes\u200b", "\ufeffyes", "\u00a0yes", "y\u00ades", "yes\u2003"])(
    "%j is the same class as yes",
    (label) => {
      expect(table(rows(20, (i) => ["yes", "no", label][i % 3])).description.classes).toEqual(["no", "yes"]);
    },
  );

  test.each([
    ...[
      "\u22125.5",
      "$5",
      "5%",
      "5 %",
      '"$1,200"',
      "５",
      "0x1",
      "0b1",
      "-$5",
      "5 €",
      '"€ 5,50"',
      '"12,34,567"',
      "- 5",
      "(5)",
      "1_000",
      "٥",
    ],
    ..."5\u200b –5 £1.5e3 ¥1000".split(" "),
  ])("%s as a target is a number that is refused, not a class", (cell) => {
    for (const other of ["cat", cell.replaceAll(/[5５٥]/g, "4")]) {
      const text = rows(20, (i) => (i % 2 ? cell : other));
      expect(() => table(text)).toThrow(DataError);
      expect(() => table(text)).toThrow(/is not a number.*; to have classes, say task: "classification"/);
      if (other === "cat") expect(table(text, { task: "classification" }).description.classes).toContain("cat");
    }
  });

  test.each([
    "5th",
    "5 cm",
    "a5",
    "A-1",
    "$",
    "%",
    "0xyz",
    "()",
    "one",
    "2024-01-05",
    "1-2",
    "1.10.20",
    "1 2",
    "1_2",
    "5-",
  ])("%s is a class", (cell) => {
    expect(table(rows(20, (i) => (i % 2 ? cell : "cat"))).description.classes).toContain(cell);
  });

  test("says how it read the text", () => {
    const form = { delimiter: ";", decimal: ",", header: true, columns: ["a", "b", "y"], target: 2 };
    const read = dataset(`a;b;y\n${"1,5;2;3\n2,5;3;1\n".repeat(9)}`, { target: "b" });
    expect(read.form).toEqual(form);
    expect(read.source).toBe("18 rows of f.csv");
  });

  test("numbers with a fraction, or more than 20 whole ones, or whole ones that do not repeat, are to be predicted", () => {
    expect(table("1,0.5\n2,1\n").description).toMatchObject({ task: "regression", classes: [] });
    expect(table(rows(101, (i) => i)).description.task).toBe("regression");
    expect(table(rows(300, (i) => i % 20)).description.task).toBe("classification");
    expect(table(rows(300, (i) => i % 21)).description.task).toBe("regression");
    expect(table(rows(18, (i) => i % 9)).description.task).toBe("classification");
    expect(table(rows(17, (i) => i % 9)).description.task).toBe("regression");
    expect(table("1,1\n2,2\n", { task: "regression" }).description.task).toBe("regression");
    expect(table("1,0.5\n2,1\n3,0.5\n4,1\n", { task: "classification" }).description.classes).toEqual(["0.5", "1"]);
  });

  test("the target by name and by number; the header on demand", () => {
    const text = "price,size,rooms\n1.5,10,2\n2.5,20,3\n";
    expect([...table(text, { target: "price" }).targets]).toEqual([1.5, 2.5]);
    expect([...table(text, { target: 1 }).inputs]).toEqual([10, 2, 20, 3]);
    expect(table("2019,2020\n1,0.5\n2,1.5\n", { header: true }).columns).toEqual(['column 1 ("2019")']);
  });

  test("semicolons, tabs, spaces about cells, a byte-order mark, an unnamed first column of row numbers", () => {
    expect([...table("\ufeffa;b;y\n 1 ; 2 ;0.5\n3;4;1.5\n").inputs]).toEqual([1, 2, 3, 4]);
    expect([...table("1\t2\t0.5\n").inputs]).toEqual([1, 2]);
    expect([...table(",a,y\n0,5,0.5\n1,6,0.25\n").inputs]).toEqual([0, 5, 1, 6]);
  });
});

describe("the data set of a table", () => {
  test("standardises inputs, and targets to predict, by the training set", () => {
    const { train, targetStandardization: scaling, ...rest } = dataset(rows(40, (i) => 1000 + i / 2));
    expect([train.count, rest.validation.count, rest.test.count]).toEqual([28, 6, 6]);
    expect(rest).toMatchObject({ task: "regression", inputShape: [2], outputs: 1, classes: [] });
    const square = Array.from(train.targets).reduce((sum, y) => sum + y * y, 0);
    expect(square / train.count).toBeCloseTo(1, 12); // the mean squared error of always saying the mean
    const back = Array.from(train.targets, (y) => y * (scaling?.deviation[0] ?? 0) + (scaling?.mean[0] ?? 0));
    for (const y of back) expect(Math.abs(y * 2 - Math.round(y * 2))).toBeLessThan(1e-9);
  });

  test("constant and empty columns are left out, with the reason", () => {
    const text = `c,a,e,y\n${rows(40, (i) => i / 2).replace(/^(\d+),(\d+),/gm, "7,$1,,")}`;
    const { inputShape, columns, inputNames } = dataset(text);
    expect([inputShape, inputNames]).toEqual([[1], ["a"]]);
    expect(columns?.map(({ name, role, reason }) => [name, role, reason])).toEqual([
      ["c", "left out", "constant: 7 in all 28 rows of the training set"],
      ["a", "input", undefined],
      ["e", "left out", "empty"],
      ["y", "target", undefined],
    ]);
  });

  test("class indices stay as they are", () => {
    const { train, targetStandardization } = dataset(rows(40, (i) => (i % 4 === 0 ? "yes" : "no")));
    expect(targetStandardization).toBeUndefined();
    expect(new Set(train.targets)).toEqual(new Set([0, 1]));
    expect(Math.abs(train.targets.filter((label) => label === 1).length - 7)).toBeLessThanOrEqual(1); // of 28
  });
});

describe("errors say where, what, and what to do", () => {
  const good = rows(10, (i) => i + 0.5);
  test.each<[string, string, string, CsvOptions?]>([
    ["an empty file", "", "csv:f.csv: there is nothing in it; expected rows of numbers and a target"],
    ["a header alone", "a,b\n", "csv:f.csv: there are no rows below the header; add rows of data"],
    ["one column", "a\n1\n", "csv:f.csv: line 1: there is one column"],
    [
      "an empty cell",
      "a,b,y\n1,,3\n1,2,3\n",
      'csv:f.csv: line 2, column 2 ("b"): the cell is empty; 1 row has no value in this column; fill it in (missing: "mean"',
    ],
    [
      "NaN",
      "1,2,0.5\n1,NaN,3\n1,NA,3\n",
      'csv:f.csv: line 2, column 2: "NaN" stands for a missing value; 2 rows have no value in this column; fill it in (missing: "mean"), leave such rows out (missing: "drop") or the column (ignore: [2]',
    ],
    ["NaN in the first line", "1,nan,0.5\n1,2,0.5\n", 'line 1, column 2: "nan" stands for a missing value'],
    [
      "a word among numbers",
      "1,2,0.5\n3,2,3\nred,2,3\n",
      'line 3, column 1: "red" is not a number, as other cells of the column are; correct it, or leave the column out: ignore: [1]',
    ],
    ["hexadecimal", "1,0x10,0.5\n", 'line 1, column 2: "0x10" is not a number'],
    ["infinity", "1,Infinity,0.5\n1,2,0.5\n", 'column 2: "Infinity" stands for a missing value'],
    ["overflow", "a,b,y\n1,1e999,0.5\n", 'line 2, column 2 ("b"): "1e999" is too large; rescale the column'],
    ["a ragged row", "1,2,3\n4,5\n", "csv:f.csv: line 2: 2 cells, expected 3 as in the first line"],
    [
      "a missing target",
      "1,2,0.5\n3,4,\n",
      'line 2, column 3: the target is missing; fill it in, or leave such rows out: missing: "drop"',
    ],
    ["a NaN target", "1,2,cat\n3,4,NaN\n", 'line 2, column 3: the target is "NaN"'],
    ["a mixed target", "1,2,0.5\n3,4,many\n", 'line 2, column 3: "many" is not a number, as other targets are'],
    ["text for regression", "1,2,a\n3,4,b\n", 'line 1, column 3: "a" is not a number', { task: "regression" }],
    ["an infinite target", "1,2,0.5\n3,4,-1e400\n", 'line 2, column 3: "-1e400" is too large for double precision'],
    ["one class", "1,2,cat\n3,4,cat\n", 'column 3: every row has the same class, "cat"; expected at least two classes'],
    [
      "names for classes",
      "1,2,ann\n3,4,bob\n5,6,eve\n",
      "column 3: 3 rows have 3 different classes; choose a target whose values repeat",
    ],
    [
      "an unknown target",
      "age,size,y\n1,2,3\n",
      'there is no column named "siez"; did you mean "size"?',
      { target: "siez" },
    ],
    ["target 4 of 3", "1,2,3\n", "there is no column 4; expected a number from 1 to 3", { target: 4 }],
    ["column 4 of 3", "1,2,3\n", "there is no column 4; expected a number from 1 to 3", { target: "column 4" }],
    [
      "a name where there is none",
      "1,2,3\n",
      "columns have no names: expected a number from 1 to 3",
      { ignore: ["kind"] },
    ],
    ["target 0", "1,2,3\n", "there is no column 0", { target: 0 }],
    ["few rows", "1,2,0.5\n3,4,1.5\n", "has 2 rows of data, expected at least 10"],
    ["a constant target", rows(10, () => 0.1), "the target is constant: 0.1"],
    [
      "huge numbers",
      good.replaceAll(/^(\d)/gm, (i) => (Number(i) % 2 ? "-9e307" : "9e307")),
      "column 1 has values too large",
    ],
  ])("%s", (_name, text, message, options) => {
    expect(() => dataset(text, options)).toThrow(DataError);
    expect(() => dataset(text, options)).toThrow(message);
  });

  test("stay on one line and short, whatever a cell holds", () => {
    const evil = `"\u001b[31m\nred ${"x".repeat(1000)}"`;
    const attempt = () => dataset(`1,2,0.5\n${evil},2,3\n`);
    expect(attempt).toThrow(DataError);
    expect(attempt).toThrow(/^[^\p{Cc}]{10,200}$/u);
  });
});
