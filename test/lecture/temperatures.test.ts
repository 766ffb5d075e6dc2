import { expect, it } from "vitest";
import { temperaturesFrom } from "../../lecture/index.ts";

const read = (...cells: readonly string[]) =>
  temperaturesFrom(["day,temperature", ...cells.map((cell, i) => `${i + 1},${cell}`)].join("\n"), "days.csv");

it("reads plain decimals", () => {
  expect(read("1", "-2.5", "+3.", " .5 ", "-130", "150")).toEqual([1, -2.5, 3, 0.5, -130, 150]);
});

it.each(["warm", "0x10", "1e9", "1e1", "NaN", "Infinity", "--3", "150.1", "-131", "1 2"])(
  "refuses %s with what was given, as it is no hole",
  (cell) => {
    expect(() => read("1", cell, "2")).toThrow(
      `line 3 has the temperature ${JSON.stringify(cell)}, expected a number from -130 to 150`,
    );
  },
);

it("calls an empty cell a hole", () => {
  expect(() => read("1", " ", "2")).toThrow("line 3 has no temperature; fill the hole, or leave the day out");
});
