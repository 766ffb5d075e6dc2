import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PNG } from "pngjs";
import { beforeAll, describe, expect, test } from "vitest";
import { loadDataset } from "../../src/data/node/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

/** Zeros and ones of the digits, as PNG files in a folder for each class. */
let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  const { train, standardization } = await loadDataset("digits");
  const [mean, deviation] = [standardization.mean[0], standardization.deviation[0]];
  for (const name of ["zero", "one"]) await mkdir(join(folder, name));
  for (let i = 0, written = 0; written < 60; i++) {
    const name = ["zero", "one"][train.targets[i]];
    if (name === undefined) continue;
    const png = new PNG({ width: 8, height: 8 });
    for (let at = 0; at < 64; at++) {
      const level = Math.round(mean + deviation * train.inputs[i * 64 + at]) * 15;
      png.data.set([level, level, level, 255], 4 * at);
    }
    await writeFile(join(folder, name, `${written++}.png`), PNG.sync.write(png, { colorType: 0 }));
  }
});

const typed = (model: string): string[] => [
  ...["train", "--data", `images:${folder}`, "--model", "mlp:8", "--epochs", "40", "--lr", "0.05"],
  ...["--no-out", "--save", model, "--json", "--quiet"],
];

test("train on a folder of images, and predict from image files, whitened or not", async () => {
  for (const whiten of ["none", "zca"]) {
    const model = join(await temporaryFolder(), "model");
    const { code, out, err } = await downhill([...typed(model), "--whiten", whiten]);
    expect([code, err]).toEqual([0, ""]);
    const result = JSON.parse(out);
    expect(result.test.accuracy).toBeGreaterThan(0.85);
    expect(result.dataset.counts).toEqual([42, 9, 9]);
    const json = JSON.parse(await readFile(join(model, "model.json"), "utf8"));
    expect(json.preprocessing.inputs.whitening?.method ?? "none").toBe(whiten);
    const predicted = await downhill(["predict", model, join(folder, "zero"), "--json"]);
    const answers: { file: string; label: string }[] = JSON.parse(predicted.out);
    expect(answers.length).toBeGreaterThan(20);
    expect(answers[0].file).toContain(join(folder, "zero"));
    expect(answers.filter(({ label }) => label === "zero").length / answers.length).toBeGreaterThan(0.8);
    const one = await downhill(["predict", model, answers[0].file, "--csv"]);
    expect(one.out).toBe(`file,class,probability\n${answers[0].file},${one.out.split(",").slice(-2).join(",")}`);
    const people = await downhill(["predict", model, answers[0].file]);
    expect(people.out).toMatch(/^file +class +probability\n/);
  }
});

test("a smaller size, and what a folder of images looks like", async () => {
  const shown = await downhill(["data", "show", `images:${folder}`, "--image-size", "4x3", "--count", "1"]);
  expect(shown.out).toContain("inputs 1 × 3 × 4, 2 classes");
  const { err, code } = await downhill(["data", "show", `images:${folder}`, "--image-size", "4"]);
  expect([code, err]).toEqual([2, expect.stringContaining("it must be width and height in pixels, such as 32x32")]);
});

test("a net that takes no images, and a broken image, are told", async () => {
  const model = join(await temporaryFolder(), "model");
  await downhill(["train", "--data", "moons", "--model", "mlp:2", "--epochs", "1", "--no-out", "--save", model]);
  const { err } = await downhill(["predict", model, join(folder, "zero")]);
  expect(err).toContain("the net takes inputs of shape 2, not images; give a file of rows");
  const broken = join(await temporaryFolder(), "broken.png");
  await writeFile(broken, "no");
  expect((await downhill(["predict", model, broken])).code).toBe(1);
});

describe("predict from images", () => {
  let model: string;
  let photos: string;
  const predicted = async (...paths: readonly string[]) => {
    const { code, out, err } = await downhill(["predict", model, ...paths, "--csv"]);
    const [, ...lines] = out.trimEnd().split("\n");
    return { code, err, files: lines.map((line) => line.split(",", 1)[0]) };
  };

  beforeAll(async () => {
    const place = await temporaryFolder();
    [model, photos] = [join(place, "model"), join(place, "photos")];
    expect((await downhill([...typed(model), "--device", "reference"])).code).toBe(0);
    await cp(folder, photos, { recursive: true });
  });

  test("in the folders of classes below a folder, by its path or as --data names it", async () => {
    for (const path of [photos, `images:${photos}`]) {
      const { code, err, files } = await predicted(path);
      expect([code, err, files.length]).toEqual([0, "", 60]);
      expect(new Set(files.map(dirname))).toEqual(new Set([join(photos, "one"), join(photos, "zero")]));
    }
  });

  test("in several files and folders, as a shell's *.png gives them", async () => {
    const names = await readdir(join(photos, "zero"));
    const files = names.slice(0, 3).map((name) => join(photos, "zero", name));
    expect(await predicted(...files)).toEqual({ code: 0, err: "", files });
    expect((await predicted(files[0], join(photos, "one"))).files).toHaveLength(1 + (60 - names.length));
    const rows = await predicted(files[0], "new.csv");
    expect([rows.code, rows.err]).toEqual([2, expect.stringContaining("several images; new.csv is no image")]);
  });

  test("with a note of other files, and an error where there are no others", async () => {
    await writeFile(join(photos, "zero", "notes.txt"), "no image");
    const { err, files } = await predicted(photos);
    expect(files).toHaveLength(60);
    expect(err).toContain(`${photos}: skipped "`);
    const empty = await temporaryFolder();
    const none = await predicted(empty);
    expect([none.code, none.err]).toEqual([
      1,
      expect.stringContaining("there are no PNG or JPEG images in the folder"),
    ]);
  });
});

test("train --from a net of images of another size names the net's size, which then works", async () => {
  const place = await temporaryFolder();
  const [small, more] = [join(place, "small"), join(place, "more")];
  const usual = ["--device", "reference", "--quiet", "--epochs", "1", "--no-out"];
  await downhill([...typed(small), ...usual.slice(0, 2), "--image-size", "5x6"]);
  const words = ["train", "--from", small, "--data", `images:${folder}`, ...usual, "--save", more];
  const { code, err } = await downhill(words);
  expect([code, err]).toEqual([1, expect.stringContaining("resize the images to the net's size: --image-size 5x6\n")]);
  expect((await downhill([...words, "--image-size", "5x6"])).code).toBe(0);
});
