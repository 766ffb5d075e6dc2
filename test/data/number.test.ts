import fc from "fast-check";
import { expect, test } from "vitest";
import { exactNumber, readNumber } from "../../src/data/cells/number.ts";

test.each([
  ["1.5", ".", 1.5],
  ["1,5", ".", undefined],
  ["1,5", ",", 1.5],
  ["-,5e-1", ",", -0.05],
  ["1.5", ",", undefined],
  ["1,5,5", ",", undefined],
  ["1.234,5", ",", undefined],
  ["12", ",", 12],
] as const)("%j with %j", (cell, sign, value) => {
  expect(readNumber(cell, { decimal: sign })).toBe(value);
});

test.each([
  [["7", "007", "7.0", "7.", "+7", "0.7e1", "70e-1", "700E-2"]],
  [["0", "-0", "0.00", "0e5", ".0", "000"]],
  [["1e1", "10", "10.0", "1.0e+1"]],
  [["-0.05", "-.05", "-5e-2", "-0.050"]],
])("%j are one number", (cells) => {
  expect(new Set(cells.map((cell) => exactNumber(cell))).size).toBe(1);
});

test("numbers that a double does not tell apart are two", () => {
  expect(exactNumber("12345678901234567890")).not.toBe(exactNumber("12345678901234567891"));
  expect(exactNumber("1,5", { decimal: "," })).toBe(exactNumber("1.5"));
});

test("spellings of one double agree", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(exactNumber(`${value}`)).toBe(exactNumber(value.toExponential()));
    }),
  );
});
