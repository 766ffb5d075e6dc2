import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNumber } from "../../src/data/cells/number.ts";
import { RowLines } from "../../src/data/csv/row-lines.ts";
import { RecordScanner, type ScannedForm } from "../../src/data/csv/scanner.ts";
import { TableReader } from "../../src/data/csv/table-reader.ts";
import { csvTable } from "../../src/data/index.ts";
import { CellsInMemory } from "../../src/data/table/cells.ts";

/** Sends a text in pieces that end at the given places. */
function records(text: string, cuts: readonly number[], form: Pick<ScannedForm, "delimiter" | "comments">) {
  const scanner = new RecordScanner({ file: "f.csv", line: 1, ...form });
  const found: { line: number; cells: string[]; numbers: number[] }[] = [];
  const read = () => {
    while (scanner.next())
      found.push({
        line: scanner.line,
        cells: scanner.cells(),
        numbers: [...scanner.numbers.subarray(0, scanner.count)],
      });
  };
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  for (const [i, place] of places.slice(1).entries()) {
    scanner.feed(text.slice(places[i], place));
    read();
  }
  scanner.finish();
  read();
  return { found, skipped: scanner.skipped };
}

const cell = fc.oneof(
  fc.integer({ min: -999, max: 999 }).map(String),
  fc.constantFrom(
    "",
    " ",
    "word",
    "é",
    "#",
    "# a note",
    "-",
    "1.5",
    '"a, b"',
    '"two\nlines"',
    '"two\r\nlines"',
    '"say ""so"""',
    ' "5" ',
    "\t",
  ),
);
const someText = fc
  .array(fc.tuple(fc.array(cell, { minLength: 1, maxLength: 4 }), fc.constantFrom("\n", "\r\n", "\r")), {
    maxLength: 8,
  })
  .map((lines) => lines.map(([cells, end]) => cells.join(",") + end).join(""));

describe("a text that comes in pieces", () => {
  test.each(["none", "all", "all but the first"] as const)(
    "has the same records wherever it is cut, comments: %s",
    (comments) => {
      fc.assert(
        fc.property(
          someText,
          fc.array(fc.nat(), { maxLength: 12 }),
          fc.constantFrom(",", " "),
          (text, cuts, delimiter) => {
            const form = { delimiter, comments };
            const safe = () => {
              try {
                return records(text, [], form);
              } catch (error) {
                return String(error);
              }
            };
            const whole = safe();
            if (typeof whole === "string")
              expect(() => records(text, cuts, form)).toThrow(whole.replace(/^\w*Error: /, ""));
            else expect(records(text, cuts, form)).toEqual(whole);
          },
        ),
        { numRuns: 2000 },
      );
    },
  );

  test("is the same table as the whole text, though a late cell is a word and a class has many numbers", () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, i) => `${i},${i % 7},${i === 50_000 ? "late" : (i * 37) % 11},${i / 8}`,
    );
    const text = `a,b,c,y\n${rows.join("\n")}\n`;
    const reader = new TableReader("f.csv", {}, new CellsInMemory());
    let passes = 0;
    do {
      passes++;
      for (let at = 0; at < text.length; at += 65_537) reader.push(text.slice(at, at + 65_537));
    } while (reader.finish());
    expect(passes).toBe(2);
    const table = reader.table();
    expect(table).toEqual(csvTable(text, "f.csv"));
    expect(table.columns[2]).toMatchObject({ cells: "words", words: expect.arrayContaining(["late", "10"]) });
    // More words than a column of classes has are numbers, if all of them are.
    expect(table.columns[3]).toMatchObject({ cells: "numbers", values: Float64Array.from(rows, (_, i) => i / 8) });
  });

  test("that has no row within 64 MiB has lost its line breaks", () => {
    const scanner = new RecordScanner({ file: "f.csv", delimiter: ",", comments: "none", line: 1 });
    scanner.feed("x".repeat(2 ** 26 + 1));
    expect(scanner.next()).toBe(false);
    expect(() => scanner.feed("x")).toThrow(
      "f.csv: line 1: a row of more than 67108864 characters; check line breaks and quotes",
    );
  });
});

test("the line of each row is found again, although most are not listed", () => {
  const gaps = fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 5 })), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(gaps, (steps) => {
      let line = 0;
      const lines = steps.map((step) => (line += step));
      const kept = new RowLines();
      for (const each of lines) kept.add(each);
      expect(kept.count).toBe(lines.length);
      expect(lines.map((_, row) => kept.at(row))).toEqual(lines);
    }),
  );
});

describe("numbers read on the way", () => {
  const numberIn = (text: string) =>
    records(`${text},x\n`, [], { delimiter: ",", comments: "none" }).found[0].numbers[0];

  test("are those that Number gives, to the bit", () => {
    const digits = fc.stringMatching(/^[+-]?(\d{1,17}\.?\d{0,17}|\.\d{1,17})$/);
    fc.assert(
      fc.property(fc.oneof(digits, fc.double({ noNaN: true }).map(String)), (text) => {
        const value = numberIn(text);
        if (!Number.isNaN(value)) expect(value).toBe(Number(text));
        expect(Number.isNaN(value)).toBe(text.replace(/[^\d]/g, "").length > 15 || /[e∞I]/.test(text));
      }),
      { numRuns: 5000 },
    );
    expect(numberIn("-0")).toBe(-0);
    expect(numberIn("0.3")).toBe(0.3);
    expect(numberIn("123456789012.345")).toBe(123456789012.345);
  });

  test("are numbers for readNumber, too", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-+.\d e]{1,8}$/), (text) => {
        const value = numberIn(text);
        if (!Number.isNaN(value)) expect(value).toBe(readNumber(text.trim()));
      }),
      { numRuns: 5000 },
    );
  });
});
