import { describe, expect, test } from "vitest";
import {
  type Difference,
  type Expected,
  MismatchError,
  matchTensors,
  SafetensorsError,
} from "../../../src/files/safetensors/index.ts";

const found = new Map(
  Object.entries({
    "0.bias": { shape: [2], dtype: "F32" },
    "0.weight": { shape: [2, 3], dtype: "F32" },
    steps: { shape: [], dtype: "I64" },
  }),
);

const names = (expected: Expected[]): unknown => matchTensors(expected, found);

function mismatch(expected: Expected[]): MismatchError {
  try {
    matchTensors(expected, found, "net.safetensors");
  } catch (error) {
    if (error instanceof MismatchError) return error;
  }
  throw new Error("there is no mismatch");
}

const all: Expected[] = [
  { name: "steps", shape: [] },
  { name: "0.weight", shape: [2, 3], dtype: "F32" },
  { name: "0.bias", shape: [2] },
];

describe("34: tensors that are expected", () => {
  test("are given in the order in which they are", () => {
    expect(names(all)).toEqual([found.get("steps"), found.get("0.weight"), found.get("0.bias")]);
    expect(matchTensors([], new Map())).toEqual([]);
  });

  test("and are not there, or otherwise, are all told at once", () => {
    const error = mismatch([
      { name: "0.weigth", shape: [2, 3] },
      { name: "0.bias", shape: [3], dtype: "F64" },
      { name: "1.weight", shape: [1] },
    ]);
    expect(error).toBeInstanceOf(SafetensorsError);
    expect(error.name).toBe("MismatchError");
    expect(error.differences).toEqual<Difference[]>([
      { kind: "missing", name: "0.weigth" },
      { kind: "shape", name: "0.bias", found: "[2]", expected: "[3]" },
      { kind: "dtype", name: "0.bias", found: "F32", expected: "F64" },
      { kind: "missing", name: "1.weight" },
      { kind: "extra", name: "0.weight" },
      { kind: "extra", name: "steps" },
    ]);
    expect(error.message).toBe(
      'net.safetensors: it does not fit: "0.weigth" is missing (there is "0.weight"), "0.bias" has shape [2], expected [3], ' +
        '"0.bias" has dtype F32, expected F64, "1.weight" is missing (there is "0.weight"), "0.weight" is not expected, … 6 in all; ' +
        "load it into the model that it was saved from",
    );
  });

  test.each<[string, Expected[], Difference[]]>([
    ["one is missing", [...all, { name: "x", shape: [] }], [{ kind: "missing", name: "x" }]],
    ["one is more", all.slice(1), [{ kind: "extra", name: "steps" }]],
    [
      "one number is a list of one",
      [{ name: "steps", shape: [1] }, ...all.slice(1)],
      [{ kind: "shape", name: "steps", found: "[]", expected: "[1]" }],
    ],
    [
      "one is transposed",
      [all[0], { name: "0.weight", shape: [3, 2] }, all[2]],
      [{ kind: "shape", name: "0.weight", found: "[2, 3]", expected: "[3, 2]" }],
    ],
    [
      "one is of another type",
      [{ ...all[0], dtype: "I32" }, ...all.slice(1)],
      [{ kind: "dtype", name: "steps", found: "I64", expected: "I32" }],
    ],
    [
      "a name is JavaScript's",
      [...all, { name: "constructor", shape: [] }],
      [{ kind: "missing", name: "constructor" }],
    ],
  ])("do not fit where %s", (_, expected, differences) => {
    expect(mismatch(expected).differences).toEqual(differences);
  });
});
