import { expect } from "vitest";
import { type Safetensors, SafetensorsError } from "../../../src/files/safetensors/index.ts";

/** One tensor as a header states it. */
export const f32 = (shape: readonly number[], begin: number, end: number) => ({
  dtype: "F32",
  shape,
  data_offsets: [begin, end],
});

/** A file of any header, as text, bytes or what JSON makes of it, and any data: so many zeros, or bytes. */
export function forged(
  header: unknown,
  data: number | Uint8Array = 0,
  length: number | bigint | undefined = undefined,
): Uint8Array {
  const json = header instanceof Uint8Array ? header : Buffer.from(textOf(header));
  const preface = Buffer.alloc(8);
  preface.writeBigUInt64LE(BigInt(length ?? json.length));
  return Buffer.concat([preface, json, typeof data === "number" ? Buffer.alloc(data) : data]);
}

const textOf = (header: unknown): string => (typeof header === "string" ? header : JSON.stringify(header));

/** That reading throws a SafetensorsError of one line with these words. */
export function expectRefusal(read: () => Safetensors, words: string | RegExp): void {
  let error: unknown;
  try {
    read();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(SafetensorsError);
  if (!(error instanceof SafetensorsError)) return;
  expect(error.name).toBe("SafetensorsError");
  expect(error.message).toMatch(/^[^\n]{20,700}; [^\n]{5,700}$/);
  expect(error.message).toMatch(words);
}
