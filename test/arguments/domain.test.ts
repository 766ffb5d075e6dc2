import { expect, test } from "vitest";
import { checkNumber, domains, whole } from "../../src/arguments/index.ts";

test.each([
  [whole(0), 1e30, "n is 1e+30; it must be a whole number, 0 or more, and at most 9,007,199,254,740,991"],
  [whole(0), -1, "n is -1; it must be a whole number, 0 or more"],
  [whole(0), "1e30", 'n is "1e30"; it must be a whole number, 0 or more'],
  [whole(10, 100_000), 1e30, "n is 1e+30; it must be a whole number from 10 to 100,000"],
  [domains.unit, 1e30, "n is 1e+30; it must be a number from 0 to 1"],
])("a refused number says what it must be: %o, %s", (domain, value, says) => {
  expect(() => checkNumber("n", value, domain)).toThrow(new RangeError(says));
});

test("the ends of a range of counts are allowed, and nothing beyond", () => {
  const allowed = [9, 10, 100_000, 100_001, 10.5].filter(whole(10, 100_000).allows);
  expect(allowed).toEqual([10, 100_000]);
  expect([Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1].map(whole(0).allows)).toEqual([true, false]);
});
