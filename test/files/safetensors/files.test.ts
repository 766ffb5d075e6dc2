import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DataError } from "../../../src/data/index.ts";
import { type Header, matchTensors, type Tensor, writeSafetensors } from "../../../src/files/safetensors/index.ts";
import { readSafetensorsFile, writeSafetensorsFile } from "../../../src/files/safetensors/node/index.ts";
import { temporary } from "../../report/small.ts";
import { expectRefusal, f32, forged } from "./forged.ts";

const onUnix = process.platform !== "win32";

const tensors: Tensor[] = [
  { name: "b", dtype: "U8", shape: [3], data: new Uint8Array([1, 2, 3]) },
  { name: "a", dtype: "F64", shape: [100, 100], data: Float64Array.from({ length: 10_000 }, (_, i) => i / 7) },
  { name: "nan", dtype: "F32", shape: [1], data: new Float32Array(new Uint32Array([0x7fa00001]).buffer) },
];
const metadata = new Map([["format", "pt"]]);

/** A file of the tensors, last written a day ago. */
function saved(): string {
  const file = join(temporary(), "net.safetensors");
  writeSafetensorsFile(file, tensors, metadata);
  const yesterday = new Date(Date.now() - 86_400_000);
  utimesSync(file, yesterday, yesterday);
  return file;
}

describe("a file", () => {
  test("has the writer's bytes, and is read to the bit", () => {
    const file = saved();
    expect(new Uint8Array(readFileSync(file))).toEqual(writeSafetensors(tensors, metadata));
    const found = readSafetensorsFile(file);
    expect(found.metadata).toEqual(metadata);
    expect([...found.tensors.keys()]).toEqual(["a", "nan", "b"]);
    expect(writeSafetensors(found.tensors.values(), found.metadata)).toEqual(new Uint8Array(readFileSync(file)));
  });

  test("may be saved over by what was loaded from it", () => {
    const file = saved();
    const before = readFileSync(file);
    const found = readSafetensorsFile(file);
    writeSafetensorsFile(file, found.tensors.values(), found.metadata);
    expect(readFileSync(file)).toEqual(before);
  });

  test("stays as it was, with nothing beside it, where the new tensors are refused", () => {
    const file = saved();
    const before = readFileSync(file);
    const half: Tensor = { name: "half", dtype: "F16", shape: [1], data: new Float32Array([0.1]) };
    expect(() => writeSafetensorsFile(file, [...tensors, half])).toThrow('tensor "half": 0.1');
    expect(() => writeSafetensorsFile(file, [...tensors, tensors[0]])).toThrow("two tensors");
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(join(file, ".."))).toEqual(["net.safetensors"]);
  });

  test("that breaks the rules is told by its path", () => {
    const file = join(temporary(), "net.safetensors");
    for (const [bytes, words] of [
      [new Uint8Array(), /net\.safetensors: it is empty; /],
      [forged({ a: f32([1], 0, 4) }, 2), /net\.safetensors: it ends 2 bytes before its last tensor does/],
      [forged({ a: f32([2 ** 40], 0, 2 ** 42) }, 4), /ends 4398046511100 bytes before/],
      [forged("{}", 0, 2n ** 64n - 1n), /would have 18446744073709551615 bytes/],
    ] as const) {
      writeFileSync(file, bytes);
      expectRefusal(() => readSafetensorsFile(file), words);
    }
  });

  test("34: that does not fit is refused before its numbers are read", () => {
    const file = saved();
    const check = (header: Header): unknown => matchTensors([{ name: "b", shape: [4] }], header.tensors, file);
    expect(() => readSafetensorsFile(file, { check })).toThrow('"b" has shape [3], expected [4], "a" is not expected');
  });

  test("35: that is an index of shards is not followed", () => {
    const root = temporary();
    writeSafetensorsFile(join(root, "outside.safetensors"), tensors);
    const file = join(root, "model.safetensors.index.json");
    writeFileSync(file, JSON.stringify({ metadata: {}, weight_map: { a: "../outside.safetensors" } }));
    expectRefusal(
      () => readSafetensorsFile(file),
      "it is the index of a model in shards, not safetensors; give the .safetensors",
    );
  });
});

describe("32: a file that changes while it is read", () => {
  const changes: Record<string, (file: string) => void> = {
    grows: (file) => appendFileSync(file, "x"),
    "is cut": (file) => truncateSync(file, 1000),
    "is emptied": (file) => truncateSync(file, 0),
    "is written anew": (file) => writeFileSync(file, readFileSync(file)),
  };
  test.each(Object.entries(changes))("and %s is refused as that", (_, change) => {
    const file = saved();
    expectRefusal(
      () => readSafetensorsFile(file, { check: () => change(file) }),
      "it changed while it was read; read it again",
    );
  });

  test("is told before what its change made wrong", () => {
    const file = saved();
    const check = (): never => {
      appendFileSync(file, "x");
      throw new Error("it does not fit");
    };
    expectRefusal(() => readSafetensorsFile(file, { check }), "it changed while it was read");
  });

  test("is read as it was where another has taken its place", () => {
    const file = saved();
    const check = () => writeSafetensorsFile(file, []);
    expect(readSafetensorsFile(file, { check }).tensors.size).toBe(3);
    expect(readSafetensorsFile(file).tensors.size).toBe(0);
  });
});

describe.skipIf(!onUnix)("33: what is no file is refused before it is read:", () => {
  test("a pipe, a device, a folder, links in a circle, nothing", () => {
    const root = temporary();
    execFileSync("mkfifo", [join(root, "pipe")]);
    mkdirSync(join(root, "folder"));
    symlinkSync("/dev/zero", join(root, "device"));
    symlinkSync("there", join(root, "back"));
    symlinkSync("back", join(root, "there"));
    for (const [name, words] of [
      ["pipe", "it is a pipe, not a file"],
      ["device", "it is a device, not a file"],
      ["folder", "it is a folder; give a file"],
      ["back", "its symbolic links lead in a circle"],
      ["none", "there is no such file"],
    ]) {
      expect(() => readSafetensorsFile(join(root, name))).toThrow(DataError);
      expect(() => readSafetensorsFile(join(root, name))).toThrow(words);
    }
  });
});
