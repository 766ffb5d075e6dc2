import { expect, test } from "vitest";
import { faultOfNumbers } from "../../src/arguments/index.ts";

test("a list of numbers is an array or a typed array of finite ones; what is not says where", () => {
  for (const list of [[], [1, -0, 1e308], Float32Array.of(1, 2), new Uint8Array(3)])
    expect(faultOfNumbers(list)).toBeUndefined();
  expect(faultOfNumbers(new Array(2))).toBe("has undefined at 0");
  expect(faultOfNumbers([1, "2"])).toBe('has "2" at 1');
  expect(faultOfNumbers(Float64Array.of(0, 1, Number.NaN))).toBe("has NaN at 2");
  expect(faultOfNumbers([1, Infinity])).toBe("has Infinity at 1");
  expect(faultOfNumbers("12")).toBe('is "12"');
  expect(faultOfNumbers(new DataView(new ArrayBuffer(8)))).toMatch(/^is /);
});
