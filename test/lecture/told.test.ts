import { describe, expect, it } from "vitest";
import { findingLines } from "../../cli/print/findings.ts";
import { batchMemory } from "../../lecture/experiments/batch-memory.ts";
import { experiments } from "../../lecture/index.ts";
import { cellWords, columnsOf, numberTable, placeWords } from "../../lecture/told.ts";
import { givenData } from "./given.ts";

const given = givenData("digits");

it("the largest batch follows from the numbers that the page shows", async () => {
  const { told } = batchMemory.findings(await batchMemory.measure(given));
  const quantities = Object.assign({}, ...told.flatMap((each) => ("facts" in each ? [each.facts] : [])));
  const fixed = [
    "memory of the parameters, bytes",
    "memory of the gradients, bytes",
    "copy of the weights before the step, bytes",
  ].reduce((sum, label) => sum + Number(quantities[label]), 0);
  const perExample = Number(quantities["memory that one more example needs in all, bytes"]);
  const [table] = told.flatMap((each) => ("facts" in each ? [] : [each.columns]));
  const byHand = table["memory of its state, bytes"].map((state) =>
    Math.floor((1e9 - fixed - Number(state)) / perExample),
  );
  expect(table["largest batch in 1 GB"]).toEqual(byHand);
  expect(table["memory left over ÷ memory per example, 1 GB"]).toEqual(byHand);
});

const ofDays = experiments.filter(({ id }) => ["weighted-averages", "bias-correction"].includes(id));

it.each(ofDays)("$id counts the days from 1, as its tables do", async (experiment) => {
  const { figure } = experiment.findings(await experiment.measure(given));
  const starts = figure.panels.flatMap(({ marks }) =>
    marks.flatMap((mark) => (mark.kind === "line" || mark.kind === "marker" ? [mark.points[0][0]] : [])),
  );
  expect(starts).toEqual([1, 1, 1]);
});

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
