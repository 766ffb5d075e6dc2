import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DataError } from "../../src/data/index.ts";
import { findDataset, loadDataset } from "../../src/data/node/index.ts";
import { idx, pixels, smallMnist, temporaryFolder, writeFiles } from "./small-files.ts";

async function load(changes: Record<string, Buffer> = {}, name = "mnist") {
  const dir = await writeFiles(await temporaryFolder(), { ...smallMnist(), ...changes });
  return loadDataset(name, { dir });
}

describe("a small set in MNIST's form", () => {
  test("is divided, scaled and named", async () => {
    const dataset = await load();
    expect(dataset).toMatchObject({ name: "mnist", task: "classification", inputShape: [1, 4, 3], outputs: 10 });
    expect([dataset.train.count, dataset.validation.count, dataset.test.count]).toEqual([22, 2, 5]);
    expect([...dataset.validation.targets]).toEqual([2, 3]); // the last of the training file
    expect([...dataset.test.targets]).toEqual([0, 1, 2, 3, 9]);
    expect(dataset.train.inputs).toBeInstanceOf(Float32Array);
  });

  test("mean and deviation are the training set's, and undo the scaling", async () => {
    const { train, validation, standardization } = await load();
    const raw = pixels(24);
    const part = [...raw.subarray(0, 22 * 12)];
    const mean = part.reduce((sum, x) => sum + x, 0) / part.length;
    const deviation = Math.sqrt(part.reduce((sum, x) => sum + (x - mean) ** 2, 0) / part.length);
    expect(standardization.mean[0]).toBeCloseTo(mean, 10);
    expect(standardization.deviation[0]).toBeCloseTo(deviation, 10);
    const back = [...train.inputs, ...validation.inputs].map((x) => Math.round(x * deviation + mean));
    expect(back).toEqual([...raw]);
  });

  test("a limit shortens only the training set", async () => {
    const dir = await writeFiles(await temporaryFolder(), smallMnist());
    const [all, few] = [await loadDataset("mnist", { dir }), await loadDataset("mnist", { dir, limit: 3 })];
    expect(few.train).toEqual({
      count: 3,
      inputs: all.train.inputs.subarray(0, 36),
      targets: Float32Array.of(0, 1, 2),
    });
    expect(few.test).toEqual(all.test);
    expect(few.standardization).toEqual(all.standardization);
  });

  test("is found as torchvision lays it out, and as some unpackers name it", async () => {
    const dir = await temporaryFolder();
    const raw = join(dir, "FashionMNIST", "raw");
    await mkdir(raw, { recursive: true });
    const renamed = Object.entries(smallMnist()).map(([name, content]) => [name.replace("-idx", ".idx"), content]);
    await writeFiles(raw, Object.fromEntries(renamed));
    const dataset = await loadDataset("fashion-mnist", { dir });
    expect(dataset.classes[dataset.test.targets[4]]).toBe("Ankle boot");
  });
});

describe("where unpackers put the files", () => {
  const dotted = (name: string) => name.replace("-idx", ".idx");
  const contents = Object.entries(smallMnist()).map(([name, content]) => ({
    name: name.replace(".gz", ""),
    plain: name.endsWith(".gz") ? gunzipSync(content) : content,
  }));

  /** A folder where each of the four files, by turns, stands as one of `ways` says. */
  async function folderOf(ways: readonly ((name: string) => string)[], offset: number) {
    const dir = await temporaryFolder();
    for (const [i, { name, plain }] of contents.entries()) {
      const path = join(dir, ways[(i + offset) % ways.length](name));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, path.endsWith(".gz") ? gzipSync(plain) : plain);
    }
    return dir;
  }

  const ways = [
    (name: string) => name,
    (name: string) => `${name}.gz`,
    dotted,
    (name: string) => `${dotted(name)}.gz`,
    (name: string) => join(name, name),
    (name: string) => join(dotted(name), name),
    (name: string) => join(`${name}.gz`, dotted(name)),
    (name: string) => join(dotted(name), `${name}.gz`),
  ];

  test("either spelling, gzipped or not, in a folder of either name, in any mixture", async () => {
    const expected = (await load()).train;
    for (const offset of ways.keys())
      expect((await loadDataset("mnist", { dir: await folderOf(ways, offset) })).train).toEqual(expected);
  });

  test("as Kaggle's archive has them: a file, and a folder of the other spelling with the same file", async () => {
    const dir = await temporaryFolder();
    for (const { name, plain } of contents) {
      await mkdir(join(dir, name));
      await writeFiles(dir, { [dotted(name)]: plain, [join(name, name)]: plain });
    }
    expect((await loadDataset("mnist", { dir })).train.count).toBe(22);
    expect(findDataset("mnist", dir)).toBe(dir);
  });

  test("a folder without the file is passed over", async () => {
    const dir = await writeFiles(await temporaryFolder(), smallMnist());
    await rm(join(dir, "t10k-labels-idx1-ubyte"));
    await mkdir(join(dir, "t10k-labels-idx1-ubyte"));
    await expect(loadDataset("mnist", { dir })).rejects.toThrow(`mnist: t10k-labels-idx1-ubyte not found in ${dir}`);
    expect(findDataset("mnist", dir)).toBeUndefined();
  });
});

describe("mislabelled and mismatched files", () => {
  const labels = (count: number, label = 1) => gzipSync(idx([count], new Uint8Array(count).fill(label)));
  test.each<[string, Record<string, Buffer>, string]>([
    [
      "images and labels exchanged",
      { "train-labels-idx1-ubyte.gz": gzipSync(idx([24, 4, 3], pixels(24))) },
      "are swapped",
    ],
    [
      "too few labels",
      { "train-labels-idx1-ubyte.gz": labels(23) },
      "has 23 labels, expected 24, one for each image of ",
    ],
    ["too many labels", { "t10k-labels-idx1-ubyte": labels(6) }, "has 6 labels, expected 5"],
    [
      "a label out of range",
      { "t10k-labels-idx1-ubyte": idx([5], [0, 1, 10, 3, 255]) },
      "label 10 of example 3 is out of range, expected 0 to 9",
    ],
    [
      "test images of another size",
      { "t10k-images-idx3-ubyte.gz": gzipSync(idx([5, 3, 4], pixels(5))) },
      "has images of 3 × 4 pixels, expected 4 × 3",
    ],
    [
      "black images",
      { "train-images-idx3-ubyte": idx([24, 4, 3], new Uint8Array(288)) },
      "all training pixels of a channel are equal",
    ],
    [
      "one image",
      { "train-images-idx3-ubyte": idx([1, 4, 3], pixels(1)), "train-labels-idx1-ubyte.gz": labels(1) },
      "has one image, expected at least 2",
    ],
  ])("%s", async (_name, changes, message) => {
    await expect(load(changes)).rejects.toThrow(DataError);
    await expect(load(changes)).rejects.toThrow(message);
  });

  test("a missing file is named, with where it was sought", async () => {
    const dir = await writeFiles(await temporaryFolder(), smallMnist());
    await rm(join(dir, "t10k-labels-idx1-ubyte"));
    await expect(loadDataset("mnist", { dir })).rejects.toThrow(`mnist: t10k-labels-idx1-ubyte not found in ${dir}`);
  });
});

// The folder that holds mnist/ and cifar-10-batches-bin/, for tests that want the real files.
const real = process.env.DOWNHILL_DATA_DIR;

describe.skipIf(real === undefined)(
  "MNIST itself (skipped unless DOWNHILL_DATA_DIR names a folder with mnist/)",
  () => {
    test("has 55,000, 5,000 and 10,000 images, and the mean and deviation everyone quotes", async () => {
      const { train, validation, test: held, standardization } = await loadDataset("mnist", { dir: real });
      expect([train.count, validation.count, held.count]).toEqual([55_000, 5000, 10_000]);
      expect(standardization.mean[0] / 255).toBeCloseTo(0.1307, 3); // of all 60,000; ours are the first 55,000
      expect(standardization.deviation[0] / 255).toBeCloseTo(0.3081, 3);
      expect([...train.targets.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
      const counts = Array.from({ length: 10 }, (_, label) => held.targets.filter((other) => other === label).length);
      expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]); // as its authors publish them
    });

    test("is not taken for Fashion-MNIST, whose files have the same names", async () => {
      await expect(loadDataset("fashion-mnist", { dir: join(real ?? "", "mnist") })).rejects.toThrow(
        "holds the labels of mnist, expected fashion-mnist",
      );
    });
  },
);
