import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readSafetensors, type Tensor, writeSafetensors } from "../../../src/files/safetensors/index.ts";
import { expectRefusal, forged } from "./forged.ts";

interface Written {
  readonly cases: readonly {
    readonly what: string;
    readonly tensors: readonly {
      readonly name: string;
      readonly dtype: string;
      readonly shape: readonly number[];
      readonly bytes: string;
    }[];
    readonly metadata: Readonly<Record<string, string>>;
    readonly file: string;
  }[];
  readonly others: readonly { readonly dtype: string; readonly file: string }[];
  readonly widened: Readonly<Record<string, string>>;
}

const golden = (name: string) => readFileSync(new URL(`../../goldens/safetensors/${name}`, import.meta.url), "utf8");
const written: Written = JSON.parse(golden("written.json"));
const foreign: { files: { name: string; start: string }[] } = JSON.parse(golden("foreign.json"));
const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, "base64"));

/** The bytes of a tensor's numbers, by the way of a file of it alone. */
const dataOf = (tensor: Tensor): Uint8Array => {
  const file = writeSafetensors([tensor]);
  const end = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
  return file.subarray(end);
};

describe("files of the reference writer", () => {
  test.each(written.cases)("$what: are read to the bit", ({ tensors, metadata, file }) => {
    const found = readSafetensors(bytesOf(file));
    expect([...found.metadata]).toEqual(Object.entries(metadata));
    expect(found.tensors.size).toBe(tensors.length);
    for (const { name, dtype, shape, bytes } of tensors) {
      const tensor = found.tensors.get(name);
      expect([tensor?.name, tensor?.dtype, tensor?.shape]).toEqual([name, dtype, shape]);
      expect(tensor && dataOf(tensor)).toEqual(bytesOf(bytes));
    }
  });

  test.each(written.cases)("$what: are written to the bit, in whichever order tensors come", ({ file }) => {
    const { tensors, metadata } = readSafetensors(bytesOf(file));
    const given = [...tensors.values()];
    for (const order of [given, given.toReversed(), given.toSorted((a, b) => a.data.length - b.data.length)])
      expect(writeSafetensors(order, metadata)).toEqual(bytesOf(file));
  });

  test("numbers come in the array of their type", () => {
    const { tensors } = readSafetensors(bytesOf(written.cases[2].file));
    expect([...tensors.values()].map(({ dtype, data }) => [dtype, data[Symbol.toStringTag]])).toEqual([
      ["U64", "BigUint64Array"],
      ["I64", "BigInt64Array"],
      ["F64", "Float64Array"],
      ["F32", "Float32Array"],
      ["U32", "Uint32Array"],
      ["I32", "Int32Array"],
      ["BF16", "Float32Array"],
      ["F16", "Float32Array"],
      ["U16", "Uint16Array"],
      ["I16", "Int16Array"],
      ["I8", "Int8Array"],
      ["U8", "Uint8Array"],
      ["BOOL", "Uint8Array"],
    ]);
    expect([...(tensors.get("I64")?.data ?? [])]).toEqual([-(2n ** 63n), -1n, 2n ** 53n + 1n, 2n ** 63n - 1n]);
    expect([...(tensors.get("I16")?.data ?? [])]).toEqual([-32768, -1, 0, 32767]);
  });

  test.each(written.others)("$dtype, for which JavaScript has no array, is refused as that", ({ file }) => {
    expectRefusal(
      () => readSafetensors(bytesOf(file)),
      /tensor "a" is of type (C64|F8_\w+|F4), for which JavaScript has no/,
    );
  });

  test.each(Object.entries(written.widened))("all 65,536 numbers of %s are PyTorch's in float32", (dtype, sha256) => {
    const bits = new Uint8Array(Uint16Array.from({ length: 65536 }, (_, i) => i).buffer);
    const file = forged({ a: { dtype, shape: [65536], data_offsets: [0, 131072] } }, bits);
    const tensor = readSafetensors(file).tensors.get("a");
    expect(tensor && dataOf(tensor)).toEqual(bits);
    const floats = tensor?.data instanceof Float32Array ? tensor.data.map((x) => (Number.isNaN(x) ? 0 : x)) : undefined;
    expect(floats).toHaveLength(65536);
    expect(
      createHash("sha256")
        .update(new Uint8Array(floats?.buffer ?? []))
        .digest("hex"),
    ).toBe(sha256);
  });
});

describe("36: a file of another kind is told as that, with what to do:", () => {
  test.each(foreign.files.map(({ name, start }) => [name, start]))("%s", (name, start) => {
    const words = new RegExp(`^model: it is ${name.replace(/[().]/g, "\\$&")}, not safetensors; `);
    const read = () => readSafetensors(bytesOf(start), { name: "model" });
    expectRefusal(read, words);
    const isPython = !/gzip|JSON|index/.test(name);
    expectRefusal(read, isPython ? /; convert it first: python -c 'import [^']*save_file\([^']*'/ : /; (unpack|give)/);
    if (/torch|pickle/.test(name)) expectRefusal(read, "only where you trust its source");
  });

  test.each([
    [
      "Git LFS's pointer to a file",
      "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
      "git lfs pull",
    ],
    ["a web page", "<!doctype html><title>404</title>", "browser"],
    ["GGUF", "GGUF\x03\0\0\0\x01\0\0\0\0\0\0\0", "rounded"],
    ["a ZIP archive", "PK\x03\x04\x14\0\0\0\0\0", "unzip"],
    ["JSON", "{}", "give the .safetensors file"],
  ])("%s", (name, start, words) => {
    expectRefusal(() => readSafetensors(Buffer.from(start, "latin1")), `it is ${name}, not safetensors; `);
    expectRefusal(() => readSafetensors(Buffer.from(start, "latin1")), words);
  });

  test("a large archive whose first bytes could be a header's length", () => {
    const archive = Buffer.alloc(70_000_000);
    archive.write("PK\x03\x04", "latin1");
    archive.write("net/data.pkl", 30, "latin1");
    expectRefusal(() => readSafetensors(archive), "it is a file of PyTorch's torch.save");
  });
});
