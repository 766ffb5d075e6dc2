import { cp, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PNG } from "pngjs";
import { beforeAll, describe, expect, test } from "vitest";
import { loadDataset } from "../../src/data/node/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

const NAMES = ["zero", "one", "two"];
let photos: string;
let models: string;

/** Some of the digits 0, 1 and 2 as PNG files in a folder for each class. */
async function writeDigits(folder: string): Promise<void> {
  const { train, standardization } = await loadDataset("digits");
  const [mean, deviation] = [standardization.mean[0], standardization.deviation[0]];
  for (const name of NAMES) await mkdir(join(folder, name), { recursive: true });
  for (let i = 0, written = 0; written < 90; i++) {
    const name = NAMES[train.targets[i]];
    if (name === undefined) continue;
    const png = new PNG({ width: 8, height: 8 });
    for (let at = 0; at < 64; at++) {
      const level = Math.round(mean + deviation * train.inputs[i * 64 + at]) * 15;
      png.data.set([level, level, level, 255], 4 * at);
    }
    await writeFile(join(folder, name, `${String(written++).padStart(2, "0")}.png`), PNG.sync.write(png));
  }
}

const trained = async (name: string, ...words: readonly string[]): Promise<string> => {
  const model = join(models, name);
  const usual = ["--model", "mlp:8", "--epochs", "30", "--lr", "0.05", "--device", "reference", "--no-out", "--quiet"];
  const { code, err } = await downhill(["train", ...words, ...usual, "--save", model]);
  expect([code, err]).toEqual([0, ""]);
  return model;
};

const json = async (...words: readonly string[]) => {
  const { out, err, code } = await downhill([...words, "--json", "--quiet"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
};

beforeAll(async () => {
  [photos, models] = [await temporaryFolder(), await temporaryFolder()];
  await writeDigits(photos);
});

describe("evaluate on images", () => {
  test.each(["none", "zca"])("agrees with predict on every image, at the net's size; whitened: %s", async (whiten) => {
    const model = await trained(`w-${whiten}`, "--data", `images:${photos}`, "--image-size", "6x7", "--whiten", whiten);
    // Others than those of the training: two classes of three, in another order of theirs.
    const other = await temporaryFolder();
    for (const name of ["two", "one"]) await cp(join(photos, name), join(other, name), { recursive: true });
    const metrics = await json("evaluate", model, "--data", `images:${other}`);
    let [right, count, logLoss] = [0, 0, 0];
    for (const name of ["one", "two"])
      for (const { label, probabilities } of await json("predict", model, join(other, name))) {
        count++;
        if (label === name) right++;
        logLoss -= Math.log(probabilities[name]);
      }
    expect(metrics.count).toBe(count);
    expect(metrics.accuracy).toBeCloseTo(right / count, 12);
    expect(metrics.logLoss).toBeCloseTo(logLoss / count, 5);
    expect(metrics.accuracy).toBeGreaterThan(0.8);
    expect(metrics.perClass.map((each: { class: string }) => each.class)).toEqual(["one", "two", "zero"]);
  });

  test("takes FOLDER/test beside FOLDER/train, and says which part; files that are no images are noted", async () => {
    const model = await trained("sets", "--data", `images:${photos}`);
    const folder = await temporaryFolder();
    await cp(photos, join(folder, "train"), { recursive: true });
    await mkdir(join(folder, "test"));
    await rename(join(folder, "train", "two"), join(folder, "test", "two"));
    await writeFile(join(folder, "test", "two", "notes.txt"), "no image");
    const count = (await readdir(join(photos, "two"))).length;
    const { out, err } = await downhill(["evaluate", model, "--data", `images:${folder}`]);
    expect(out).toContain(`of ${count} examples`);
    expect(err).toContain(`images:${folder}: its test set, ${count} images\n`);
    expect(err).toMatch(/skipped "[^"]+", since only PNG and JPEG files/);
    const all = await downhill(["evaluate", model, "--data", `images:${photos}`]);
    expect(all.err).toBe(`images:${photos}: all its 90 images\n`);
    const some = await downhill(["evaluate", model, "--data", `images:${photos}`, "--limit", "30"]);
    expect(some.err).toBe(`images:${photos}: 30 of the 90 images\n`);
    expect(some.out).toContain("of 30 examples");
    // Each class keeps its share.
    for (const name of NAMES) expect(some.out).toContain(name);
    const { code, err: none } = await downhill(["evaluate", model, "--data", `images:${join(folder, "test", "two")}`]);
    expect([code, none]).toEqual([1, expect.stringContaining("there are no images in folders of classes")]);
  });

  test("refuses a class that the net does not tell, and a net of other inputs", async () => {
    const model = await trained("classes", "--data", `images:${photos}`);
    const folder = await temporaryFolder();
    await cp(join(photos, "one"), join(folder, "eleven"), { recursive: true });
    expect(await downhill(["evaluate", model, "--data", `images:${folder}`])).toMatchObject({
      code: 1,
      err: expect.stringContaining('the net does not tell the class "eleven"; it tells "one", "two", "zero"'),
    });
    const moons = await trained("moons", "--data", "moons");
    const { code, err } = await downhill(["evaluate", moons, "--data", `images:${photos}`]);
    expect([code, err]).toEqual([1, expect.stringContaining("the net was trained on the columns of a table")]);
  });
});

describe("evaluate on a data set by its name", () => {
  test.each(["digits", "moons"])("gives on %s what train's record says of its test set", async (name) => {
    const runs = await temporaryFolder();
    const words = [
      "--model",
      "mlp:8",
      "--epochs",
      "3",
      "--device",
      "reference",
      "--out",
      runs,
      "--save",
      join(runs, "m"),
    ];
    expect((await downhill(["train", "--data", name, ...words, "--quiet"])).code).toBe(0);
    const metrics = await json("evaluate", join(runs, "m"), "--data", name);
    const { test: measured } = await loadDataset(name);
    expect(metrics.count).toBe(measured.count);
    const [run] = (await readdir(runs)).filter((each) => each !== "m");
    const summary = JSON.parse(await readFile(join(runs, run, "summary.json"), "utf8"));
    expect(summary.result.metrics.accuracy).toBe(metrics.accuracy);
    expect(summary.result.metrics.logLoss).toBeCloseTo(metrics.logLoss, 6);
  });

  test("refuses flags that have nothing to do there", async () => {
    const model = await trained("flags", "--data", "digits");
    const table = await downhill(["evaluate", model, "--data", "digits", "--delimiter", ";"]);
    expect([table.code, table.err]).toEqual([
      2,
      expect.stringContaining("--delimiter needs a table, and digits is none"),
    ]);
    const dir = await downhill(["evaluate", model, "--data", "new.csv", "--data-dir", "x"]);
    expect([dir.code, dir.err]).toEqual([2, expect.stringContaining("--data-dir is for data sets such as mnist")]);
    const limit = await downhill(["evaluate", model, "--data", "new.csv", "--limit", "5"]);
    expect([limit.code, limit.err]).toEqual([
      2,
      expect.stringContaining("--limit is for images and data sets such as"),
    ]);
    const some = await downhill(["evaluate", model, "--data", "digits", "--limit", "50"]);
    expect([some.code, some.err]).toEqual([
      0,
      expect.stringMatching(/^digits: its test set, 50 of the \d+ examples$/m),
    ]);
    const missing = await downhill(["evaluate", model, "--data", "mnist", "--data-dir", models]);
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining(models)]);
  });
});
