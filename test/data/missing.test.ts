import { describe, expect, test } from "vitest";
import { isMissing } from "../../src/data/cells/missing.ts";
import { DataError } from "../../src/data/index.ts";
import { asRead } from "./as-read.ts";

const words = [
  ...["", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "-nan", "+NaN", "null", "NULL", "None", "none", "nil"],
  ...[
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NUM!",
    "1.#QNAN",
    "1.#QNAN0",
    "-1.#IND00",
    "#NV",
    "\\N",
    "(null)",
    "-nan(ind)",
    "-1.#IND",
    "1.#INF",
    "inf",
    "-Inf",
    "Infinity",
    "+infinity",
  ],
  ...["-", "--", ".", "?", "–", "NaT", "undefined"],
  ...["#¡VALOR!", "#¡DIV/0!", "#¿NOMBRE?", "#NOM?", "#FIELD!", "#BUSY!", "#GETTING_DATA", "#ЗНАЧ!", "#HODNOTA!"],
  ...["N/A.", "N.A", "n.a", "n.a.", "<nil>", "pd.NA", "'NA'", "‘NA’", "`null`", "−", "―", "…", "nan(0x8000)", "−inf"],
  ...["NA\u200b", "\u200bnan", "\ufeffNA", "ＮＡ", "－", "'\u00a0NA'"],
];

test.each(words)("%j stands for a missing value, whatever its case", (word) => {
  for (const spelled of [word, word.toLowerCase(), word.toUpperCase()]) expect(isMissing(spelled)).toBe(true);
});

test.each([
  "no",
  "nano",
  "0",
  "-0",
  "1",
  "-1",
  "+",
  "nonesuch",
  "infant",
  "-x",
  "a",
  "NAN0",
  "#1!",
  "#one",
  "!",
  "x".repeat(100_000),
])("%j does not", (word) => {
  expect(isMissing(word)).toBe(false);
});

test("words can be taken out, as they are spelled; an empty cell cannot", () => {
  expect([isMissing("None", ["None"]), isMissing("none", ["None"]), isMissing("", [""])]).toEqual([false, true, true]);
});

describe.each(words)("%j in a table", (word) => {
  const rows = (cell: (row: number) => string) => Array.from({ length: 60 }, (_, i) => `${cell(i)}\n`).join("");

  test.each(["a,b,label\n", ""])("as a target, below %j: refused with its line, never a class", (header) => {
    const holes = rows((i) => `${i},${i * i},${i === 3 || i === 9 ? word : i % 2 ? "yes" : "no"}`);
    const attempt = () => asRead(header + holes, "csv:f.csv");
    expect(attempt).toThrow(DataError);
    expect(attempt).toThrow(
      new RegExp(`line ${header === "" ? 4 : 5}, column 3.*: the target is .*(fill it in|remove)`),
    );
  });

  test("as a target among numbers, in quotes, and in the first line", () => {
    const numbers = rows((i) => `${i},${i * i},${i === 7 ? `"${word}"` : i / 2}`);
    expect(() => asRead(numbers, "f")).toThrow(/line 8, column 3: the target is/);
    const first = rows((i) => `${i},${i * i},${i === 0 ? word : i % 2 ? "yes" : "no"}`);
    expect(() => asRead(first, "f")).toThrow(/line 1, column 3: the target is/);
  });

  test("as an input, and as the first line's", () => {
    const inputs = (row: number) => rows((i) => `${i === row ? word : i},${i * i},${i % 2 ? "yes" : "no"}`);
    const problem = word === "" ? "the cell is empty" : "stands for a missing value";
    expect(() => asRead(inputs(4), "f")).toThrow(`f: line 5, column 1: `);
    expect(() => asRead(inputs(4), "f")).toThrow(problem);
    expect(() => asRead(inputs(0), "f")).toThrow(problem); // and no header
  });
});

test("a class that is called None, and a column that is called Na", () => {
  const text = `RI,Na,Mg,y\n${"1,2,3,None\n4,5,6,mild\n".repeat(10)}`;
  expect(() => asRead(text, "f")).toThrow('if it is a value, say notMissing: ["None"]');
  const { description, columns } = asRead(text, "f", { notMissing: ["None"] });
  expect(description.classes).toEqual(["None", "mild"]);
  expect(columns).toEqual(['column 1 ("RI")', 'column 2 ("Na")', 'column 3 ("Mg")']);
});

test("sodium in the first line: the refusal says how it is a header", () => {
  const text = `Na,K,y\n${"1,2,3\n4,5,6\n".repeat(10)}`;
  expect(() => asRead(text, "f")).toThrow(
    /line 1, column 2: "K" is not a number.*; if the line names the columns, say header: true/,
  );
  expect(asRead(text, "f", { header: true }).targets).toHaveLength(20);
  const target = `1,5,Na\n${"1,2,3\n4,5,6\n".repeat(10)}`;
  expect(() => asRead(target, "f")).toThrow(/line 1, column 3: .*; if the line names the columns, say header: true/);
});
