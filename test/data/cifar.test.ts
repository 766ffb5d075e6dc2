import { createHash } from "node:crypto";
import { mkdir, readdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type CifarSet, cifar10 } from "../../src/data/images/cifar.ts";
import { DataError, inputSize } from "../../src/data/index.ts";
import { fetchCifar, loadCifar } from "../../src/data/node/cifar.ts";
import { cacheFolder, type DataEvent, findDataset, loadDataset } from "../../src/data/node/index.ts";
import { tarOf, temporaryFolder, writeFiles } from "./small-files.ts";

/** Records whose red, green and blue planes are in different ranges; labels run from `first`. */
function batch(count: number, first = 0): Buffer {
  const record = (i: number) => [
    (first + i) % 10,
    ...Array.from({ length: 3072 }, (_, p) => Math.floor(p / 1024) * 80 + ((p * 3 + i) % 50)),
  ];
  return Buffer.from(Array.from({ length: count }, (_, i) => record(i)).flat());
}

async function load(files: Record<string, Buffer>, onProgress?: (event: DataEvent) => void) {
  return loadDataset("cifar-10", { dir: await writeFiles(await temporaryFolder(), files), onProgress });
}

test("training batches in order, the last tenth for validation, one mean and deviation a channel", async () => {
  const files = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`data_batch_${n}.bin`, batch(4, n)]));
  const events: DataEvent[] = [];
  const dataset = await load({ ...files, "test_batch.bin": batch(3) }, (event) => events.push(event));
  expect(events).toEqual([]);
  expect(dataset).toMatchObject({ name: "cifar-10", inputShape: [3, 32, 32], outputs: 10 });
  expect(inputSize(dataset)).toBe(3072);
  expect([dataset.train.count, dataset.validation.count, dataset.test.count]).toEqual([18, 2, 3]);
  expect([...dataset.train.targets.subarray(0, 8)]).toEqual([1, 2, 3, 4, 2, 3, 4, 5]);
  const { mean, deviation } = dataset.standardization;
  for (const channel of [0, 1, 2]) expect(mean[channel]).toBeCloseTo(channel * 80 + 24.5, 0);
  const inputs = Float64Array.from(dataset.train.inputs);
  const plane = (channel: number) => inputs.filter((_, i) => Math.floor(i / 1024) % 3 === channel);
  for (const channel of [0, 1, 2]) {
    const values = plane(channel);
    expect(values.reduce((sum, x) => sum + x, 0) / values.length).toBeCloseTo(0, 5);
    expect(Math.round(values[5] * deviation[channel] + mean[channel])).toBe(
      channel * 80 + ((channel * 1024 * 3 + 15) % 50),
    );
  }
});

test("fewer training batches are used, and said", async () => {
  const events: DataEvent[] = [];
  const dir = await temporaryFolder();
  await mkdir(join(dir, "cifar-10-batches-bin"));
  await writeFiles(join(dir, "cifar-10-batches-bin"), { "data_batch_3.bin": batch(20), "test_batch.bin": batch(1) });
  const dataset = await loadDataset("cifar-10", { dir, onProgress: (event) => events.push(event) });
  expect(dataset.train.count).toBe(18);
  expect(events).toEqual([{ kind: "note", message: "cifar-10: only 1 of 5 training batches, 20 images" }]);
  expect(dataset.source).toContain("1 of 5 training batches, 20 images");
});

test("a batch in a folder of its own name is found, an empty folder is not a batch", async () => {
  const dir = await temporaryFolder();
  for (const name of ["data_batch_1.bin", "data_batch_2.bin", "test_batch.bin"]) await mkdir(join(dir, name));
  expect(findDataset("cifar-10", dir)).toBeUndefined();
  await writeFiles(join(dir, "data_batch_2.bin"), { "data_batch_2.bin": batch(20) });
  await writeFiles(join(dir, "test_batch.bin"), { "test_batch.bin": batch(2) });
  expect((await loadDataset("cifar-10", { dir })).source).toContain("1 of 5 training batches, 20 images");
});

describe("broken files", () => {
  const good = { "data_batch_1.bin": batch(20), "test_batch.bin": batch(2) };
  test.each<[string, Record<string, Buffer>, string]>([
    [
      "truncated",
      { ...good, "data_batch_1.bin": batch(20).subarray(0, -1) },
      "has 61459 bytes, expected a multiple of 3073",
    ],
    ["empty", { ...good, "test_batch.bin": Buffer.alloc(0) }, "has 0 bytes"],
    [
      "a label out of range",
      { ...good, "test_batch.bin": batch(2).fill(10, 3073, 3074) },
      "label 10 of example 2 is out of range",
    ],
    ["no test batch", { "data_batch_1.bin": batch(20) }, "test_batch.bin not found in "],
    ["no training batch", { "test_batch.bin": batch(2) }, "data_batch_1.bin not found in "],
    ["nothing", {}, "data_batch_1.bin and test_batch.bin not found in "],
    ["the files for Python", { "cifar-10-python.tar.gz": Buffer.alloc(1) }, ", only the version for Python; get https"],
    ["too few images", { ...good, "data_batch_1.bin": batch(9) }, "has 9 training images, expected at least 10"],
  ])("%s", async (_name, files, message) => {
    await expect(load(files)).rejects.toThrow(DataError);
    await expect(load(files)).rejects.toThrow(message);
  });
});

describe("the archive", () => {
  const ARCHIVE = "cifar-10-binary.tar.gz";
  const all = [3, 1, 5, 2, 4].map((n) => [`cifar-10-batches-bin/data_batch_${n}.bin`, batch(4, n)] as const);
  const tested = ["cifar-10-batches-bin/test_batch.bin", batch(3)] as const;
  const others = [["cifar-10-batches-bin/readme.html", Buffer.from("<html>")]] as const;
  const packed = gzipSync(tarOf([...others, ...all, tested]));

  test("gives the same as the files in it, whatever their order, and whether it is named or lies in the folder", async () => {
    const files = Object.fromEntries([...all, tested].map(([name, bytes]) => [name.slice(21), bytes]));
    const expected = await load(files);
    const dir = await writeFiles(await temporaryFolder(), { [ARCHIVE]: packed });
    expect(findDataset("cifar-10", dir)).toBe(join(dir, ARCHIVE));
    expect(await loadDataset("cifar-10", { dir })).toEqual(expected);
    expect(await loadDataset("cifar-10", { dir: join(dir, ARCHIVE) })).toEqual(expected);
    const plain = await writeFiles(await temporaryFolder(), { "cifar-10-binary.tar": gunzipSync(packed) });
    expect(await loadDataset("cifar-10", { dir: plain })).toEqual(expected);
    expect(await readdir(dir)).toEqual([ARCHIVE]);
  });

  test.each<[string, Buffer, string]>([
    ["truncated", packed.subarray(0, -200), "the gzip data end too early; the file is truncated: get it again"],
    ["damaged", Buffer.from(packed).fill(0, 100, 300), "the gzip data are damaged"],
    ["cut and packed again", gzipSync(gunzipSync(packed).subarray(0, 20_000)), "the tar archive ends after "],
    [
      "with a truncated file",
      gzipSync(tarOf([[all[0][0], batch(4).subarray(1)]])),
      "data_batch_3.bin: has 12291 bytes",
    ],
    ["with a wrong label", gzipSync(tarOf([[all[0][0], batch(4).fill(77, 0, 1)]])), "label 77 of example 1 is out of"],
    ["without the test batch", gzipSync(tarOf(all)), "there is no test_batch.bin in it; get cifar-10-binary.tar.gz"],
    ["of something else", gzipSync(tarOf(others)), "there is no data_batch_1.bin in it; get cifar-10-binary.tar.gz"],
    ["not an archive", Buffer.from("<!doctype html>"), "it is not a tar archive"],
  ])("%s", async (_name, content, message) => {
    const dir = await writeFiles(await temporaryFolder(), { [ARCHIVE]: content });
    await expect(loadDataset("cifar-10", { dir })).rejects.toThrow(DataError);
    await expect(loadDataset("cifar-10", { dir })).rejects.toThrow(message);
    await expect(loadDataset("cifar-10", { dir })).rejects.toThrow(join(dir, ARCHIVE));
  });

  test("the version for Python is told from this one", async () => {
    const python = gzipSync(tarOf([["cifar-10-batches-py/data_batch_1", Buffer.alloc(9)]]));
    const dir = await writeFiles(await temporaryFolder(), { "cifar-10-python.tar.gz": python });
    await expect(loadDataset("cifar-10", { dir: join(dir, "cifar-10-python.tar.gz") })).rejects.toThrow(
      "there is no data_batch_1.bin in it: this is the version for Python; get cifar-10-binary.tar.gz",
    );
  });

  describe("downloads", () => {
    let server: Server;
    let asked = 0;
    let body = packed;
    let small: CifarSet;

    beforeEach(async () => {
      vi.stubEnv("XDG_CACHE_HOME", await temporaryFolder());
      [asked, body] = [0, packed];
      server = createServer((_, response) => {
        asked++;
        response.end(body);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      const mirrors = [`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/data`];
      const sha256 = createHash("sha256").update(packed).digest("hex");
      small = { ...cifar10, remote: { mirrors, files: [{ name: ARCHIVE, bytes: packed.length, sha256 }] } };
    });

    afterEach(() => {
      server.close().closeAllConnections();
      vi.unstubAllEnvs();
    });

    test("what is nowhere is downloaded into the cache once, verified, and read from its archive", async () => {
      const events: DataEvent[] = [];
      const data = await loadCifar(small, { onProgress: (event) => events.push(event) });
      expect(data.train.count).toBe(18);
      expect(events.at(-1)).toMatchObject({ kind: "download", file: ARCHIVE, received: packed.length });
      expect(await readdir(join(cacheFolder(), "cifar-10"))).toEqual([ARCHIVE]);
      expect(await loadCifar(small, {})).toEqual(data);
      expect(await fetchCifar(small, {})).toBe(join(cacheFolder(), "cifar-10", ARCHIVE));
      expect(asked).toBe(1);
    });

    test("other bytes than the author's are refused, and nothing is kept", async () => {
      body = Buffer.from(packed).fill(1, 50, 51);
      await expect(loadCifar(small, {})).rejects.toThrow("the checksum is wrong");
      expect(await readdir(join(cacheFolder(), "cifar-10"))).toEqual([]);
    });

    test("a folder that is named, or no download, asks nobody", async () => {
      const dir = await temporaryFolder();
      const advice = `nor ${ARCHIVE}; get ${small.remote.mirrors[0]}`;
      await expect(loadCifar(small, { dir })).rejects.toThrow(advice);
      await expect(loadCifar(small, { download: false })).rejects.toThrow(advice);
      expect(asked).toBe(0);
    });
  });

  test("the public one has an address, a length and a SHA-256", () => {
    const [{ bytes, ...file }] = cifar10.remote.files;
    expect(file).toMatchObject({ name: ARCHIVE, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(bytes).toBe(170_052_171);
    expect(cifar10.remote.mirrors).toEqual([expect.stringMatching(/^https:.*\/$/)]);
  });
});

const real = process.env.DOWNHILL_DATA_DIR;

test.skipIf(real === undefined)(
  "CIFAR-10 itself (skipped unless DOWNHILL_DATA_DIR names a folder with it)",
  async () => {
    const { train, test: held, classes, standardization } = await loadDataset("cifar-10", { dir: real });
    expect(train.count).toBeGreaterThanOrEqual(9000);
    expect([...train.targets.subarray(0, 5)].map((label) => classes[label])).toEqual([
      "frog",
      "truck",
      "truck",
      "deer",
      "automobile",
    ]);
    expect([...held.targets.subarray(0, 4)].map((label) => classes[label])).toEqual([
      "cat",
      "ship",
      "ship",
      "airplane",
    ]);
    const quoted = [0.4914, 0.4822, 0.4465]; // of all 50,000
    for (const [channel, mean] of standardization.mean.entries()) expect(mean / 255).toBeCloseTo(quoted[channel], 1);
  },
);
