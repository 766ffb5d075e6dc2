import fc from "fast-check";
import { expect, test } from "vitest";
import { isDecimal } from "../../src/arguments/decimal.ts";

const PATTERN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

test("is what the grammar says, on every text of up to five of its characters", () => {
  const alphabet = [..."+-.e0x"];
  let texts = [""];
  for (let length = 0; length <= 5; length++) {
    for (const text of texts) expect([text, isDecimal(text)]).toEqual([text, PATTERN.test(text)]);
    texts = texts.flatMap((text) => alphabet.map((character) => text + character));
  }
});

test("and on longer ones, with either point", () => {
  const text = fc.string({ unit: fc.constantFrom(..."+-.eE0123456789, x") });
  fc.assert(
    fc.property(text, (given) => {
      expect(isDecimal(given)).toBe(PATTERN.test(given));
      expect(isDecimal(given, ",")).toBe(!given.includes(".") && PATTERN.test(given.replaceAll(",", ".")));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["digits and a letter", `${"1".repeat(5000)}x`],
  ["digits, a point, digits and a letter", `${"1".repeat(2500)}.${"1".repeat(2500)}x`],
  ["many points", "1.".repeat(2500)],
  ["a long exponent and a letter", `1e${"1".repeat(5000)}x`],
  ["many e", "1e".repeat(2500)],
  ["signs", "+-".repeat(2500)],
])("looks at few characters more than once: %s", (_name, text) => {
  let looks = 0;
  const counted = {
    length: text.length,
    charCodeAt: (index: number) => {
      looks++;
      return text.charCodeAt(index);
    },
  };
  expect(isDecimal(counted)).toBe(false);
  expect(looks).toBeLessThan(text.length + 10);
});
