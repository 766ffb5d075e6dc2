import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DataError, inputSize } from "../../src/data/index.ts";
import { type DataEvent, findDataset, loadDataset } from "../../src/data/node/index.ts";
import { temporaryFolder, writeFiles } from "./small-files.ts";

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
      "label 10 of example 1 is out of range",
    ],
    ["no test batch", { "data_batch_1.bin": batch(20) }, "data_batch_1.bin and test_batch.bin not found in "],
    ["too few images", { ...good, "data_batch_1.bin": batch(9) }, "has 9 training images, expected at least 10"],
  ])("%s", async (_name, files, message) => {
    await expect(load(files)).rejects.toThrow(DataError);
    await expect(load(files)).rejects.toThrow(message);
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
