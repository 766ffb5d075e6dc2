import { mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { DataError } from "../../src/data/index.ts";
import { readIdxFile } from "../../src/data/node/idx-file.ts";
import { idx, temporaryFolder } from "./small-files.ts";

let file = "";
beforeAll(async () => {
  file = join(await temporaryFolder(), "some-idx-ubyte");
});

async function read(content: Uint8Array, rank: 1 | 3) {
  await writeFile(file, content);
  return readIdxFile(file, rank);
}

test("reads labels and images, gzipped or not, of any size", async () => {
  const dimensions = fc.tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 9 }),
  );
  await fc.assert(
    fc.asyncProperty(dimensions, fc.boolean(), fc.constantFrom(1, 3), async (all, gzipped, rank) => {
      const shape = all.slice(0, rank);
      const elements = new Uint8Array(shape.reduce((a, b) => a * b, 1)).map((_, i) => (i * 37) % 256);
      const content = idx(shape, elements);
      const found = await read(gzipped ? gzipSync(content) : content, rank === 1 ? 1 : 3);
      expect(found).toEqual({ file, dimensions: shape, data: elements });
    }),
    { numRuns: 40 },
  );
});

test("joins pieces and gzip members: more than one chunk, and files written in parts", async () => {
  const elements = new Uint8Array(600_000).map((_, i) => (i * i) % 251);
  const content = idx([600, 100, 10], elements);
  const members = Buffer.concat([gzipSync(content.subarray(0, 7)), gzipSync(content.subarray(7))]);
  for (const file of [content, members]) expect(Buffer.from((await read(file, 3)).data).equals(elements)).toBe(true);
});

describe("zero bytes may follow gzip data, as in padded files, and nothing else may", () => {
  const elements = new Uint8Array(600_000).map((_, i) => (i * i) % 251);
  const content = idx([600, 100, 10], elements);
  const whole = gzipSync(content);
  const members = Buffer.concat([gzipSync(content.subarray(0, 70_000)), gzipSync(content.subarray(70_000))]);
  const chunk = 2 ** 18;
  const toChunk = (bytes: Uint8Array) => chunk - (bytes.length % chunk); // zeros from one piece into the next

  test.each([1, 2, 3, 512, 1_000_000, toChunk(whole), toChunk(whole) + 1])("%i zeros", async (count) => {
    for (const bytes of [whole, members])
      expect(Buffer.from((await read(Buffer.concat([bytes, Buffer.alloc(count)]), 3)).data).equals(elements)).toBe(
        true,
      );
  });

  test("a member that ends with a piece of the file", async () => {
    const name = Buffer.alloc(chunk - (members.length % chunk) - 1, "n"); // RFC 1952: a name in the header, ended by 0
    const padded = Buffer.concat([members.subarray(0, 10), name, Buffer.from([0]), members.subarray(10)]);
    padded[3] = 8; // FNAME
    expect(padded.length % chunk).toBe(0);
    for (const zeros of [0, 1, 5000])
      expect((await read(Buffer.concat([padded, Buffer.alloc(zeros)]), 3)).data).toHaveLength(600_000);
  });

  const zeros = (count: number) => Buffer.alloc(count);
  test.each<[string, Uint8Array[], RegExp]>([
    ["text", [whole, Buffer.from("x")], /the gzip data (are damaged|end too early)/],
    ["text after zeros", [whole, zeros(512), Buffer.from("x")], /the gzip data are damaged/],
    ["text after a million zeros", [whole, zeros(1_000_000), Buffer.from("x")], /the gzip data are damaged/],
    ["a member after zeros", [gzipSync(content.subarray(0, 70_000)), zeros(3), whole], /ends after|damaged/],
    ["a truncated member", [whole, gzipSync(content).subarray(0, 30)], /goes on after them|end too early/],
    ["the first bytes of a member", [whole, whole.subarray(0, 5)], /end too early/],
  ])("%s is refused", async (_name, parts, message) => {
    const attempt = read(Buffer.concat(parts), 3);
    await expect(attempt).rejects.toThrow(DataError);
    await expect(attempt).rejects.toThrow(message);
  });
});

describe("hostile and broken files", () => {
  const images = idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
  const labels = idx([3], [1, 2, 3]);
  const huge = 2 ** 32 - 1;
  const type = (code: number) => Buffer.concat([Buffer.from([0, 0, code, 3]), images.subarray(4)]);
  const bomb = gzipSync(Buffer.concat([idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]), Buffer.alloc(50_000_000)]));

  test.each<[string, Uint8Array, 1 | 3, string]>([
    ["an empty file", Buffer.alloc(0), 3, "starts with nothing: it is empty, expected IDX images, 00 00 08 03"],
    ["three bytes", images.subarray(0, 3), 3, "starts with 00 00 08"],
    [
      "a wrong magic number",
      Buffer.from("<!doctype html>"),
      1,
      "starts with 3c 21 64 6f, expected IDX labels, 00 00 08 01",
    ],
    ["single-precision elements", type(0x0d), 3, "holds elements of type 0d"],
    [
      "labels for images",
      labels,
      3,
      "holds labels, expected IDX images, 00 00 08 03; the files of images and labels are swapped",
    ],
    ["images for labels", images, 1, "holds images, expected IDX labels"],
    ["two dimensions", idx([2, 4], [1, 2, 3, 4, 5, 6, 7, 8]), 3, "has 2 dimensions"],
    ["a header cut short", images.subarray(0, 11), 3, "ends within its header; it is truncated"],
    [
      "truncated elements",
      images.subarray(0, -1),
      3,
      "announces 2 × 2 × 2 = 8 bytes, but can hold 7 at most; it is truncated",
    ],
    ["truncated, then gzipped", gzipSync(images.subarray(0, -1)), 3, "announces 2 × 2 × 2 = 8 bytes, but ends after 7"],
    ["truncated gzip", gzipSync(images).subarray(0, -6), 3, "the gzip data end too early; the file is truncated"],
    ["damaged gzip", flip(gzipSync(images), -6), 3, "the gzip data are damaged"],
    ["gzip with junk after it", Buffer.concat([gzipSync(images), Buffer.from("junk")]), 3, "the gzip data are damaged"],
    [
      "trailing bytes",
      Buffer.concat([images, Buffer.alloc(1)]),
      3,
      "announces 2 × 2 × 2 = 8 bytes, but goes on after them",
    ],
    ["a gzip bomb", bomb, 3, "announces 2 × 2 × 2 = 8 bytes, but goes on after them"],
    ["no images", idx([0, 28, 28], []), 3, "announces 0 × 28 × 28 elements, which is none"],
    [
      "dimensions whose product overflows",
      idx([huge, huge, huge], [1]),
      3,
      "announces 4294967295 × 4294967295 × 4294967295 bytes",
    ],
    ["a product of 2³²", idx([2 ** 16, 2 ** 8, 2 ** 8], [1]), 3, "expected at most 1 GiB"],
    [
      "more than the file holds",
      idx([2 ** 29], [1]),
      1,
      "announces 536870912 = 536870912 bytes, but can hold 1 at most",
    ],
    ["more than its gzip data can hold", gzipSync(idx([2 ** 29], [1])), 1, "but can hold"],
  ])("%s", async (_name, content, rank, message) => {
    const attempt = read(content, rank);
    await expect(attempt).rejects.toThrow(DataError);
    await expect(attempt).rejects.toThrow(`${file}: `);
    await expect(attempt).rejects.toThrow(message);
  });

  test("a refused bomb and a refused giant take no memory", async () => {
    const before = process.memoryUsage().arrayBuffers;
    await expect(read(bomb, 3)).rejects.toThrow(DataError);
    await writeFile(file, idx([2 ** 29], []));
    await expect(readIdxFile(file, 1)).rejects.toThrow(DataError);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20e6);
  });

  test("a sparse file of the announced size is read, not refused", async () => {
    await writeFile(file, idx([1_000_000], []));
    await truncate(file, 1_000_008);
    expect((await readIdxFile(file, 1)).data).toHaveLength(1_000_000);
  });

  test("no file, and a folder in its place", async () => {
    await expect(readIdxFile(`${file}-none`, 1)).rejects.toThrow("there is no such file; check the path");
    await mkdir(`${file}-folder`);
    await expect(readIdxFile(`${file}-folder`, 1)).rejects.toThrow(/it is (not a file|a folder); give/);
  });

  test("random damage to a gzipped file is an error or the same content, never something else", async () => {
    const whole = gzipSync(images);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const outcome = await read(flip(whole, at, mask), 3).catch((error) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(DataError);
        else expect([...outcome.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      }),
    );
  });
});

/** A copy with some bits of one byte (counted from the end where negative) turned over. */
function flip(bytes: Buffer, at: number, mask = 0xff): Buffer {
  const copy = Buffer.from(bytes);
  const index = (at + copy.length) % copy.length;
  copy[index] ^= mask;
  return copy;
}
