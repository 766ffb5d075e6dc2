import fc from "fast-check";
import { expect, it } from "vitest";
import { type Code, signed, unsigned } from "../../../src/device/wasm/instructions.ts";

const bytesOf = (code: Code): number[] => (typeof code === "number" ? [code] : code.flatMap(bytesOf));

/** The examples of the DWARF standard, version 4, figures 22 and 23, where LEB128 comes from. */
it.each([
  [2, [2]],
  [127, [0x7f]],
  [128, [0x80, 1]],
  [129, [0x81, 1]],
  [12857, [0xb9, 0x64]],
])("unsigned %d", (value, bytes) => {
  expect(bytesOf(unsigned(value))).toEqual(bytes);
});

it.each([
  [2, [2]],
  [-2, [0x7e]],
  [127, [0xff, 0]],
  [-127, [0x81, 0x7f]],
  [128, [0x80, 1]],
  [-128, [0x80, 0x7f]],
  [129, [0x81, 1]],
  [-129, [0xff, 0x7e]],
])("signed %d", (value, bytes) => {
  expect(bytesOf(signed(value))).toEqual(bytes);
});

it("is decoded again as the standards define", () => {
  const decode = (bytes: number[]): bigint =>
    bytes.reduce((sum, byte, i) => sum + (BigInt(byte & 0x7f) << BigInt(7 * i)), 0n);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
      expect(decode(bytesOf(unsigned(value)))).toBe(BigInt(value));
      const bytes = bytesOf(signed(value | 0));
      expect(BigInt.asIntN(7 * bytes.length, decode(bytes))).toBe(BigInt(value | 0));
    }),
  );
});
