import { describe, expect, it } from "vitest";
import { findingLines } from "../../cli/print/findings.ts";
import { cellWords, columnsOf, numberTable, placeWords } from "../../lecture/told.ts";

describe("what an experiment measured, in words", () => {
  it("writes values to six digits, whole numbers in full, places in parentheses, and words as they are", () => {
    expect(cellWords(Math.PI)).toBe("3.14159");
    expect([0, -2, 14_368_080].map(cellWords)).toEqual(["0", "−2", "14,368,080"]);
    expect(cellWords("9!·2⁹")).toBe("9!·2⁹");
    expect(placeWords([-3, 0.5])).toBe("(−3, 0.5)");
  });

  it("has a row for each thing that a series is about", () => {
    const table = numberTable("Values", {
      rate: ["small", "large"],
      ...columnsOf(
        ["first", "last"],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    });
    expect(findingLines([table])).toEqual([
      "Values",
      "  rate   first  last",
      "  small      1     3",
      "  large      2     4",
      "",
    ]);
  });

  it("refuses columns of different lengths", () => {
    expect(() => numberTable("Values", { rate: [1, 2], value: [1] })).toThrow(/Values: the columns have 2 and 1 rows/);
  });
});
