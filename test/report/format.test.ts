import { expect, test } from "vitest";
import * as format from "../../src/report/format.ts";

test("a loss has four digits, those at its end even where they are 0", () => {
  expect([0.5, 1234.5, -2, 0.012345, 9.99996, 99999, 0].map(format.loss)).toEqual([
    ...["0.5000", "1,235", "−2.000", "0.01235", "10.00", "99,999", "0"],
  ]);
  expect([1e-5, 2.3456e-8, 4.5e11, Number.POSITIVE_INFINITY].map(format.loss)).toEqual([
    ...["1×10⁻⁵", "2.346×10⁻⁸", "4.5×10¹¹", "∞"],
  ]);
  expect([null, undefined].map(format.loss)).toEqual(["–", "–"]);
});

test("a range of losses has the decimals of its highest", () => {
  expect(format.lossRange({ low: 0.01234, high: 0.5 })).toBe("0.0123–0.5000");
  expect(format.lossRange({ low: 9, high: 10 })).toBe("9.00–10.00");
  expect(format.lossRange({ low: 0.25, high: 0.25 })).toBe("0.2500");
  expect(format.lossRange({ low: 1e-9, high: 1e-5 })).toBe("1×10⁻⁹–1×10⁻⁵");
});

test("a part of a whole is a percentage of one decimal", () => {
  expect([0.98765, 1, undefined, null].map(format.percent)).toEqual(["98.8 %", "100.0 %", "–", "–"]);
  expect(format.percentRange([0.948, 0.9864])).toBe("94.8–98.6 %");
});

test("a setting is written exactly, as it can be typed", () => {
  expect([0.01, 1e-8, 0, 50, 0.00125, "strong-wolfe", null].map(format.setting)).toEqual([
    ...["0.01", "1e-8", "0", "50", "0.00125", "strong-wolfe", "–"],
  ]);
  expect(format.settings({ lr: 3.2e-4, beta: 0.9 })).toBe("lr 3.2e-4, beta 0.9");
  for (const number of [0.1 + 0.2, 1 / 3, 5e-324, 1e30]) expect(Number(format.setting(number))).toBe(number);
});

test("counts have their thousands set apart", () => {
  expect([7, 4810, 1e15, null].map(format.count)).toEqual(["7", "4,810", "1×10¹⁵", "–"]);
});

test("a time that was taken, and one that is left", () => {
  expect([0.0055, 0.0731, 12, 65, 119.6, 3599.6, 360_000, null].map(format.duration)).toEqual([
    ...["5.5 ms", "73 ms", "12 s", "65 s", "2 min 0 s", "60 min 0 s", "100 h", "–"],
  ]);
  expect([4.4, 65, 3700, -1].map(format.timeLeft)).toEqual(["4 s", "1 min 5 s", "1 h 1 min", "0 s"]);
});

test("slow steps are told by their length, not as 0 a second", () => {
  expect([1234, 9.96, 2.34, 0.5, 0.01].map(format.pace)).toEqual([
    ...["1,234 steps/s", "10 steps/s", "2.3 steps/s", "2.0 s/step", "1 min 40 s/step"],
  ]);
  expect([0, Number.NaN, Number.POSITIVE_INFINITY].map(format.pace)).toEqual(["", "", ""]);
});

test("a place has six digits, and not all of many coordinates", () => {
  expect(format.point([-3, 0.5])).toBe("(−3, 0.5)");
  expect(format.point([1000, 1e6])).toBe("(1000, 1000000)");
  expect(format.point([1 / 3, 2, 3], 2)).toBe("(0.333333, 2, …)");
});
