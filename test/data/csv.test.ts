import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvRecords, DataError } from "../../src/data/index.ts";

const parse = (text: string, delimiter?: string) => [...csvRecords(text, "f.csv", delimiter)];
const cells = (text: string, delimiter?: string) => parse(text, delimiter).map((record) => record.cells);

describe("RFC 4180", () => {
  test.each([
    [
      "a,b\nc,d\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,b\r\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,b\rc,d\r",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,\n,\n",
      [
        ["a", ""],
        ["", ""],
      ],
    ],
    ['"a,b","c\nd"\n', [["a,b", "c\nd"]]],
    ['"say ""hi""",""\n', [['say "hi"', ""]]],
    ['5" disk,x\n', [['5" disk', "x"]]],
    ["\n\na\n\n", [["a"]]],
    ["\ufeffa,b\n", [["a", "b"]]],
    ["", []],
    [" a , b \n", [[" a ", " b "]]],
    [' "a, b",\t"c" , "d" \r\n', [["a, b", "c", "d"]]],
    [
      "a,b\n  \n\t\nc,d\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
  ])("%j", (text, expected) => {
    expect(cells(text)).toEqual(expected);
  });

  test("another delimiter", () => {
    expect(cells("a;b,c\n", ";")).toEqual([["a", "b,c"]]);
  });

  test("blanks: any run of them, and of tabs", () => {
    expect(cells(' a  "b  c"\t d \n\n  \n1 2\t\t3\r\n', " ")).toEqual([
      ["a", "b  c", "d"],
      ["1", "2", "3"],
    ]);
    expect(() => cells('"a"b c\n', " ")).toThrow("text follows the closing quote");
  });

  test("a tab that is the delimiter is no blank", () => {
    expect(cells('a\t\t "b"\t\n', "\t")).toEqual([["a", "", "b", ""]]);
  });

  test("records know their first line, past quoted line breaks and empty lines", () => {
    expect(parse('a\n"b\r\nb"\n\nc\n').map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  test("reads back any cells, quoted or not", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "1", '"', ",", "\n", "\r", " ", "é", "𝛼") });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    const needsQuotes = (text: string) => /[",\r\n]/.test(text);
    const write = (text: string) => (needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(rows, fc.constantFrom("\n", "\r\n"), (table, lineBreak) => {
        const text = table.map((row) => row.map(write).join(",") + lineBreak).join("");
        expect(cells(text)).toEqual(table);
      }),
    );
  });
});

describe("errors", () => {
  test.each([
    [
      'a,b\nc,"d\n',
      "f.csv: line 2, column 2: the quote is never closed; close it, or double a quote that belongs to the text",
    ],
    ['"a"b,c\n', "f.csv: line 1, column 1: text follows the closing quote; double a quote that belongs to the text"],
  ])("%j", (text, message) => {
    expect(() => parse(text)).toThrow(DataError);
    expect(() => parse(text)).toThrow(message);
  });

  test("a file whose line breaks were lost is refused, not swallowed", () => {
    expect(() => parse("1,".repeat(100_001))).toThrow("f.csv: line 1: more than 100000 cells");
  });

  test("a huge line costs time in proportion: a million characters in one cell", () => {
    const long = "x".repeat(1_000_000);
    expect(cells(`${long},"${long}"\n`)).toEqual([[long, long]]);
  });
});
