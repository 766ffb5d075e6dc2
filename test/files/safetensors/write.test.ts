import { describe, expect, test } from "vitest";
import {
  readSafetensors,
  safetensorsPieces,
  type Tensor,
  writeSafetensors,
} from "../../../src/files/safetensors/index.ts";

const a: Tensor = { name: "a", dtype: "F32", shape: [2], data: new Float32Array([1, 2]) };

/** Calls the writer as JavaScript could. */
const write = (...given: unknown[]): unknown => Reflect.apply(writeSafetensors, undefined, given);

describe("the writer refuses", () => {
  test.each<[string, unknown, string]>([
    ["", { ...a, name: "" }, 'a tensor is named ""; give a Unicode text, not empty, nor __metadata__'],
    ["__metadata__", { ...a, name: "__metadata__" }, 'a tensor is named "__metadata__"'],
    ["half a character", { ...a, name: "a\ud800" }, "a tensor is named"],
    ["a number", { ...a, name: 1 }, "a tensor is named 1"],
  ])("the name %j", (_, tensor, words) => {
    expect(() => write([tensor])).toThrow(RangeError);
    expect(() => write([tensor])).toThrow(words);
  });

  test.each<[string, object, string]>([
    ["a type it has not", { dtype: "F8_E4M3" }, 'its dtype is "F8_E4M3"; allowed: U64, I64, F64, F32,'],
    ["a type that is none", { dtype: "toString" }, 'its dtype is "toString"'],
    ["no type", { dtype: undefined }, "its dtype is undefined"],
    ["another array", { data: new Float64Array(2) }, "its data are Float64Array; F32 needs a Float32Array"],
    ["a list", { data: [1, 2] }, "its data are [1,2]; F32 needs a Float32Array"],
    ["a DataView", { data: new DataView(new ArrayBuffer(8)) }, "its data are DataView"],
    ["too many numbers", { shape: [1] }, "it has 2 elements; its shape [1] needs 1"],
    ["too few", { shape: [], data: new Float32Array() }, "it has 0 elements; its shape [] needs 1"],
    ["a negative axis", { shape: [-2] }, "its shape is [-2]; give a list of at most 64 whole numbers from 0"],
    ["half an axis", { shape: [0.5, 4] }, "its shape is [0.5,4]"],
    ["65 axes", { shape: Array(65).fill(1) }, "its shape is [1,1,1,1,1,…]"],
    ["a shape without end", { shape: [2 ** 50, 2 ** 50, 0], data: new Float32Array() }, "its shape is"],
    ["no shape", { shape: undefined }, "its shape is undefined"],
    [
      "truth values that are neither",
      { dtype: "BOOL", data: new Uint8Array([1, 2]) },
      "2 at 1 is not a boolean; give 0 or 1",
    ],
    [
      "a number that is not a float16",
      { dtype: "F16", data: new Float32Array([1, 0.1]) },
      "at 1 is not exactly a float16; round it first, or use F32",
    ],
    [
      "one that is too large for a half",
      { dtype: "F16", data: new Float32Array([65504, 65536]) },
      "65536 at 1 is not exactly a float16",
    ],
    [
      "one that is too small for a half",
      { dtype: "F16", data: new Float32Array([2 ** -24, 2 ** -25]) },
      "at 1 is not exactly a float16",
    ],
    [
      "a number that is not a bfloat16",
      { dtype: "BF16", data: new Float32Array([1.01, 1]) },
      "at 0 is not exactly a bfloat16",
    ],
  ])("%s", (_, change, words) => {
    expect(() => write([{ ...a, ...change }])).toThrow(RangeError);
    expect(() => write([{ ...a, ...change }])).toThrow(`tensor "a": `);
    expect(() => write([{ ...a, ...change }])).toThrow(words);
  });

  test("two tensors of one name, whatever their types", () => {
    const twin: Tensor = { name: "a", dtype: "U8", shape: [1], data: new Uint8Array(1) };
    expect(() => writeSafetensors([a, { ...a, name: "b" }, twin])).toThrow(
      'two tensors are named "a"; give each its own',
    );
  });

  test.each<[unknown, string]>([
    [new Map([["a", 1]]), 'metadata "a" has 1, which is not valid Unicode text; give texts only'],
    [new Map([["a", null]]), 'metadata "a" has null'],
    [new Map([["a", "\udc00"]]), 'metadata "a" has "\\udc00", which is not valid Unicode text'],
    [new Map([[1, "a"]]), "metadata 1 has 1"],
    [{ a: "1" }, 'metadata are {"a":"1"}; give a Map of texts'],
    [null, "metadata are null"],
  ])("metadata %#", (metadata, words) => {
    expect(() => write([a], metadata)).toThrow(RangeError);
    expect(() => write([a], metadata)).toThrow(words);
  });
});

describe("the writer", () => {
  test("takes a part of a larger array, at any place of its memory", () => {
    const bytes = new Uint8Array([9, 1, 2, 3]).subarray(1, 3);
    const floats = new Float32Array([9, 1, 2, 9]).subarray(1, 3);
    const { tensors } = readSafetensors(
      writeSafetensors([
        { ...a, data: floats },
        { name: "b", dtype: "U8", shape: [2], data: bytes },
      ]),
    );
    expect([...tensors.values()].map(({ data }) => [...data])).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test("gives the header, then each tensor's own bytes, without a copy", () => {
    const b: Tensor = { name: "b", dtype: "F64", shape: [1], data: new Float64Array(1) };
    const [header, ...pieces] = safetensorsPieces([a, b]);
    expect(header.length % 8).toBe(0);
    expect(pieces.map(({ buffer }) => buffer)).toEqual([b.data.buffer, a.data.buffer]);
    expect(pieces[1].buffer).toBe(a.data.buffer);
  });

  test("checks all before it gives a piece", () => {
    expect(() => safetensorsPieces([a, { ...a, name: "b", shape: [3] }])).toThrow('tensor "b": it has 2 elements');
  });

  test("sorts metadata by name, as bytes do", () => {
    const header = (metadata: [string, string][]) =>
      new TextDecoder().decode(writeSafetensors([], new Map(metadata)).subarray(8));
    const sorted = '{"__metadata__":{"a":"2","\ue000":"3","\u{1f600}":"1"}}';
    expect(
      header([
        ["\u{1f600}", "1"],
        ["a", "2"],
        ["\ue000", "3"],
      ]).trimEnd(),
    ).toBe(sorted);
  });

  test("changes nothing that it is given", () => {
    const given = [{ ...a, name: "b" }, a];
    writeSafetensors(given);
    expect(given.map(({ name }) => name)).toEqual(["b", "a"]);
  });
});
