import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataError } from "../../../src/files/index.ts";
import { readOnnx } from "../../../src/files/onnx/index.ts";

const folder = fileURLToPath(new URL("../../goldens/weights/", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".onnx") && name !== "outside.onnx");
const small = new Uint8Array(readFileSync(`${folder}float-data.onnx`));

/** Reads, or refuses with a DataError. */
function tried(bytes: Uint8Array): "read" | "refused" {
  try {
    readOnnx(bytes, "fuzz.onnx");
    return "read";
  } catch (error) {
    if (error instanceof DataError) return "refused";
    throw error;
  }
}

describe("an ONNX file", () => {
  it.each(files)("%s is read: its tensors, and how the graph uses them", (name) => {
    const { tensors, uses } = readOnnx(new Uint8Array(readFileSync(folder + name)), name);
    expect(tensors.length).toBeGreaterThanOrEqual(6);
    expect(uses.size).toBe(name === "scaled.onnx" ? 0 : tensors.length);
  });

  it("cut off anywhere is refused or lacks its end, and never crashes", () => {
    for (let end = 0; end < small.length; end++) {
      const bytes = small.slice(0, end);
      const result = tried(bytes);
      if (result === "read") expect(readOnnx(bytes).tensors).toHaveLength(6);
    }
    expect(tried(new Uint8Array(0))).toBe("refused");
  });

  it("with any byte changed is read or refused", () => {
    fc.assert(
      fc.property(fc.nat(small.length - 1), fc.nat(255), fc.nat(small.length - 1), fc.nat(255), (i, a, k, b) => {
        const bytes = small.slice();
        bytes[i] = a;
        bytes[k] = b;
        tried(bytes);
      }),
      { numRuns: 3000 },
    );
  });

  it("of garbage is refused or empty", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        tried(bytes);
        tried(Uint8Array.of(8, 10, ...bytes));
        // A graph of garbage.
        tried(Uint8Array.of(58, bytes.length & 127, ...bytes.slice(0, bytes.length & 127)));
      }),
      { numRuns: 2000 },
    );
  });

  const varint = (value: bigint): number[] =>
    value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...varint(value >> 7n)];
  const message = (field: number, ...bytes: number[]): number[] => [
    ...varint(BigInt((field << 3) | 2)),
    ...varint(BigInt(bytes.length)),
    ...bytes,
  ];
  const modelWith = (...tensor: number[]): Uint8Array => Uint8Array.from(message(7, ...message(5, ...tensor)));

  it.each([
    ["a length beyond its end", Uint8Array.of(58, ...varint(2n ** 62n)), "but only 0 are left"],
    ["a number of too many bits", new Uint8Array(12).fill(255), "more than 64 bits"],
    ["a number that is cut off", Uint8Array.of(8, 128), "ends in the middle of a number"],
    ["a group", Uint8Array.of(11), "wire type 3"],
    ["no graph", Uint8Array.of(8, 10), "it has no graph"],
    ["two graphs", Uint8Array.of(...message(7), ...message(7)), "more than one graph"],
    ["a sparse tensor", Uint8Array.from(message(7, ...message(15))), "it has sparse tensors"],
    ["a shape of 2⁶² elements", modelWith(8, ...varint(2n ** 62n), 16, 1), "too large"],
    ["a negative length", modelWith(8, ...varint(2n ** 64n - 1n), 16, 1), "too large"],
    [
      "more values than its shape",
      modelWith(8, 1, 16, 1, ...message(9, 0, 0, 0, 0, 0, 0, 0, 0)),
      "needs 1 values, and has 2",
    ],
    ["half a number", modelWith(8, 1, 16, 1, ...message(9, 0, 0)), "no multiple of 4"],
    ["values elsewhere", modelWith(8, 1, 16, 1, 112, 1), "has its values in another file; save the model in one file"],
    ["a name that is no text", modelWith(8, 1, 16, 1, ...message(8, 255)), "not UTF-8"],
    [
      "two tensors of one name",
      Uint8Array.from(message(7, ...message(5, 16, 1, 34, 4, 0, 0, 0, 0), ...message(5, 16, 1, 34, 4, 0, 0, 0, 0))),
      'two tensors are named ""',
    ],
  ])("with %s is refused", (_, bytes, words) => {
    expect(() => readOnnx(bytes, "bad.onnx")).toThrow(DataError);
    expect(() => readOnnx(bytes, "bad.onnx")).toThrow(words);
  });

  it("takes floats that are packed or not", () => {
    const one = [0, 0, 128, 63];
    const packed = readOnnx(modelWith(8, 2, 16, 1, ...message(4, ...one, ...one)));
    const single = readOnnx(modelWith(8, 2, 16, 1, 37, ...one, 37, ...one));
    for (const { tensors } of [packed, single]) expect(tensors[0].data).toEqual(Float32Array.of(1, 1));
    expect(readOnnx(modelWith(8, 1, 16, 7, ...message(7, 1))).tensors).toEqual([]);
  });
});
