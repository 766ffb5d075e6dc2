import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { inColour, inGrey, type Picture, resized } from "../../src/data/images/picture.ts";
import { DataError } from "../../src/data/index.ts";
import { pictureRows } from "../../src/data/node/image-folder/index.ts";
import { readPicture } from "../../src/data/node/image-folder/read-picture.ts";
import { type DataEvent, type LoadOptions, loadDataset } from "../../src/data/node/index.ts";
import { temporaryFolder } from "./small-files.ts";

interface Stored {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly file: string;
  readonly pixels: string;
}

const golden: {
  readonly png: {
    readonly width: number;
    readonly height: number;
    readonly files: readonly (Stored & {
      readonly colour: number;
      readonly depth: number;
      readonly interlaced: boolean;
    })[];
  };
  readonly turned: readonly (Stored & { readonly orientation: number })[];
  readonly jpeg: readonly (Stored & { readonly name: string })[];
  readonly photo: Stored;
  readonly resized: readonly Stored[];
} = JSON.parse(await readFile("test/goldens/data/image-files.json", "utf8"));

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

async function stored(contents: Uint8Array, name = "image.png"): Promise<string> {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, contents);
  return file;
}

const furthest = (a: Uint8Array, b: Uint8Array): number => {
  expect(a).toHaveLength(b.length);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
};

describe("PNG", () => {
  test.each(golden.png.files)(
    "colour type $colour, depth $depth, interlaced $interlaced: as the specification says",
    async (each) => {
      const { width, height } = golden.png;
      const picture = await readPicture(await stored(bytesOf(each.file)));
      expect(picture).toMatchObject({ width, height, channels: each.channels });
      expect(picture.pixels).toEqual(bytesOf(each.pixels));
    },
  );

  test.each(golden.turned)("held as orientation $orientation says: upright, as Pillow turns it", async (each) => {
    const picture = await readPicture(await stored(bytesOf(each.file)));
    expect(picture).toMatchObject({ width: each.width, height: each.height, channels: 3 });
    expect(picture.pixels).toEqual(bytesOf(each.pixels));
  });

  const whole = bytesOf(golden.png.files[8].file);
  const large = whole.slice();
  large.set([0, 1, 0, 0, 0, 1, 0, 0], 16);
  test.each<[string, Uint8Array, string]>([
    ["truncated", whole.subarray(0, -30), "the PNG file is damaged or truncated; remove it, or get it again"],
    ["damaged", whole.map((byte, i) => (i === 60 ? byte ^ 1 : byte)), "the PNG file is damaged or truncated"],
    ["only a beginning", whole.subarray(0, 10), "the PNG file is damaged or truncated"],
    ["far too large", large, "the image is too large"],
    ["empty", new Uint8Array(0), "the file is empty"],
    ["something else", Buffer.from("GIF89a"), "it is neither PNG nor JPEG, although its name says so"],
  ])("%s is refused, with its name", async (_, contents, message) => {
    const file = await stored(contents);
    await expect(readPicture(file)).rejects.toThrow(DataError);
    await expect(readPicture(file)).rejects.toThrow(message);
    await expect(readPicture(file)).rejects.toThrow(file);
  });
});

describe("JPEG", () => {
  test.each(golden.jpeg)("$name: as Pillow reads it, to a few levels", async ({ name, ...each }) => {
    const picture = await readPicture(await stored(bytesOf(each.file), "photo.JPG"));
    expect(picture).toMatchObject({ width: each.width, height: each.height, channels: each.channels });
    const expected: Picture = { ...picture, pixels: bytesOf(each.pixels) };
    // The decoder takes the nearest colour where there are fewer colours than pixels, and Pillow blends them: the brightness is alike.
    if (name.includes("4:2:0")) expect(furthest(inGrey(picture).pixels, inGrey(expected).pixels)).toBeLessThan(25);
    else expect(furthest(picture.pixels, expected.pixels)).toBeLessThanOrEqual(5);
  });

  test("the ending does not matter", async () => {
    const [{ file }] = golden.jpeg;
    expect(await readPicture(await stored(bytesOf(file), "a.png"))).toMatchObject({ width: 40, height: 24 });
  });

  test.each([0.2, 0.5, 0.8, 0.99])("cut after %d of its bytes it is refused", async (share) => {
    for (const { file } of golden.jpeg.slice(0, 4)) {
      const bytes = bytesOf(file);
      const path = await stored(bytes.subarray(0, Math.floor(share * bytes.length)), "photo.jpg");
      await expect(readPicture(path)).rejects.toThrow(/photo\.jpg: the JPEG file is damaged or truncated/);
    }
  });
});

describe("another size", () => {
  const { width, height, pixels } = golden.photo;
  const photo: Picture = { channels: 3, height, width, pixels: bytesOf(pixels) };

  test.each(golden.resized)("$width × $height: as Pillow's bilinear resizing, to one level", (each) => {
    const picture = resized(photo, each.height, each.width);
    expect(picture).toMatchObject({ channels: 3, height: each.height, width: each.width });
    expect(furthest(picture.pixels, bytesOf(each.pixels))).toBeLessThanOrEqual(1);
  });

  test("the same size is the same picture", () => {
    expect(resized(photo, height, width)).toBe(photo);
  });
});

/** A PNG file whose pixels have one colour. */
function plain(
  [red, green, blue]: readonly [number, number, number],
  width = 4,
  height = 4,
  colorType: 0 | 2 = 2,
): Buffer {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) png.data.set([red, green, blue, 255], 4 * i);
  return PNG.sync.write(png, { colorType });
}

/** A folder with these files. */
async function folderOf(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, contents] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), contents);
  }
  return folder;
}

/** Images of two classes, whose red says their number. */
const many = (prefix: string, count: number, first = 0): Record<string, Buffer> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${prefix}${["b", "a"][i % 2]}/${String(i).padStart(2, "0")}.png`,
      plain([first + i, 100 + (i % 2), 7 * i]),
    ]),
  );

async function load(files: Readonly<Record<string, Uint8Array>>, options: LoadOptions = {}) {
  const notes: string[] = [];
  const onProgress = (event: DataEvent) => notes.push(event.kind === "note" ? event.message : event.file);
  const folder = await folderOf(files);
  return { folder, notes, data: await loadDataset(`images:${folder}`, { ...options, onProgress }) };
}

/** The red of each image's first pixel, and its class. */
const seen = ({ train, validation, test: held, standardization, classes }: Awaited<ReturnType<typeof load>>["data"]) =>
  [train, validation, held].map(({ count, inputs, targets }) =>
    Array.from({ length: count }, (_, i) => {
      const red = Math.round(inputs[i * 48] * standardization.deviation[0] + standardization.mean[0]);
      return `${classes[targets[i]]}${red}`;
    }),
  );

describe("a folder for each class", () => {
  test("is divided, the same each time; each image has its class", async () => {
    const files = many("", 40);
    const { data, notes } = await load(files);
    expect(data).toMatchObject({ inputShape: [3, 4, 4], classes: ["a", "b"], outputs: 2, task: "classification" });
    expect([data.train.count, data.validation.count, data.test.count]).toEqual([28, 6, 6]);
    const sets = seen(data);
    expect(sets.flat().sort()).toEqual(Array.from({ length: 40 }, (_, i) => `${["b", "a"][i % 2]}${i}`).sort());
    expect(sets[2].filter((each) => each.startsWith("a"))).toHaveLength(3);
    expect(seen((await load(files)).data)).toEqual(sets);
    expect(notes).toEqual([]);
    expect((await load(files, { limit: 5 })).data.train.count).toBe(5);
  });

  test("train, val and test folders are the sets", async () => {
    const files = { ...many("train/", 12), ...many("val/", 4, 50), ...many("test/", 6, 100) };
    const { data } = await load(files);
    const [train, validation, held] = seen(data);
    expect([...train].sort()).toEqual(Array.from({ length: 12 }, (_, i) => `${["b", "a"][i % 2]}${i}`).sort());
    expect(validation).toEqual(["a51", "a53", "b50", "b52"]);
    expect(held).toEqual(["a101", "a103", "a105", "b100", "b102", "b104"]);
  });

  test("a set's folder without images is refused, not a set of none", async () => {
    const files = { ...many("train/", 12), "val/a/notes.txt": Buffer.from("none") };
    await expect(load(files)).rejects.toThrow(/its folder val has no images in folders of classes/);
  });

  test("a set without a folder is drawn from the training images", async () => {
    const { data } = await load({ ...many("Training/", 20), ...many("Test/", 6, 100) });
    expect([data.train.count, data.validation.count, data.test.count]).toEqual([17, 3, 6]);
    const other = await load({ ...many("train/", 20), ...many("valid/", 6, 100) });
    expect([other.data.train.count, other.data.validation.count, other.data.test.count]).toEqual([17, 6, 3]);
  });

  test("images are grey where all are, and in colour where one is", async () => {
    const grey = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`${"ab"[i % 2]}/${i}.png`, plain([9 * i, 9 * i, 9 * i], 4, 4, 0)]),
    );
    expect((await load(grey)).data.inputShape).toEqual([1, 4, 4]);
    expect((await load({ ...grey, "a/x.png": plain([1, 2, 3]) })).data.inputShape).toEqual([3, 4, 4]);
  });

  test("hidden files are passed over, others skipped with a note; folders in a class belong to it", async () => {
    const extra = { "a/.DS_Store": Buffer.of(1), "b/more/deep.png": plain([200, 1, 1]), ".git/config": Buffer.of(1) };
    const { data, notes, folder } = await load({
      ...{ ...many("", 20), ...extra, "README.md": Buffer.of(1), "a/x.gif": Buffer.of(1) },
    });
    expect(seen(data).flat()).toContain("b200");
    expect(notes).toEqual([
      `images:${folder}: skipped "${folder}/README.md" and 1 more, since only PNG and JPEG files in folders of classes are read`,
    ]);
  });

  test("folders without images, and those beside the sets, are skipped with a note", async () => {
    const { notes, folder } = await load({ ...many("", 20), "c/notes.txt": Buffer.of(1) });
    expect(notes).toEqual([
      `images:${folder}: skipped "${folder}/c/notes.txt" and 1 more, since only PNG and JPEG files in folders of classes are read`,
    ]);
    const sets = await load({ ...many("train/", 20), ...many("test/", 6, 100), "c/x.png": plain([1, 2, 3]) });
    expect(sets.notes).toEqual([
      `images:${sets.folder}: skipped "${sets.folder}/c", since only PNG and JPEG files in folders of classes are read`,
    ]);
  });

  test("folders named as sets are no classes", async () => {
    const files = { ...many("val/", 4, 50), ...many("test/", 6, 100) };
    await expect(load(files)).rejects.toThrow('it has "test" and "val", but no folder for training');
  });

  test("a class may be a link to a folder", async () => {
    const { folder } = await load(many("", 20));
    await symlink(join(folder, "a"), join(folder, "linked"));
    const { classes } = await loadDataset(`images:${folder}`);
    expect(classes).toEqual(["a", "b", "linked"]);
  });

  test("one size is needed, unless they are resized", async () => {
    const files = { ...many("", 20), "a/z.png": plain([1, 2, 3], 6, 5) };
    await expect(load(files)).rejects.toThrow(
      /z\.png: the image is 6 × 5 pixels, and .*01\.png is 4 × 4; resize all to one size/,
    );
    const { data } = await load(files, { imageSize: [3, 2] });
    expect(data.inputShape).toEqual([3, 2, 3]);
    expect(data.train.count + data.validation.count + data.test.count).toBe(21);
  });

  test.each<[string, Record<string, Uint8Array>, string]>([
    ["no images", { "a/x.txt": Buffer.of(1) }, "there are no images in folders of classes"],
    ["no folders", { "x.png": plain([1, 2, 3]) }, "there are no images in folders of classes"],
    ["one class", { "a/x.png": plain([1, 2, 3]) }, 'there is only one class, "a"'],
    [
      "a class that is only tested",
      { ...many("train/", 8), "test/c/1.png": plain([1, 2, 3]) },
      'there is no class "c" in the training set',
    ],
    [
      "a broken image",
      { ...many("", 8), "a/broken.png": plain([1, 2, 3]).subarray(0, 40) },
      "broken.png: the PNG file is damaged or truncated",
    ],
    ["a foreign file", { ...many("", 8), "a/page.jpg": Buffer.from("<html>") }, "page.jpg: it is neither PNG nor JPEG"],
    [
      "too few",
      { "a/x.png": plain([1, 2, 3]), "b/x.png": plain([3, 4, 5]) },
      "there are 2 images to train on, too few",
    ],
    [
      "images that are all alike",
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${"ab"[i % 2]}/${i}.png`, plain([5, 5, 5])])),
      "all training pixels of a channel are equal",
    ],
  ])("%s: refused", async (_name, files, message) => {
    await expect(load(files)).rejects.toThrow(DataError);
    await expect(load(files)).rejects.toThrow(message);
  });

  test("its path alone is taken for a table's, and the way out is said", async () => {
    const folder = await folderOf(many("", 4));
    await expect(loadDataset(folder)).rejects.toThrow(
      `csv:${folder}: it is a folder; give a file; for images in folders of classes, give images:${folder}`,
    );
  });

  test("a folder that is not there, and a size that is none or for other data", async () => {
    await expect(loadDataset("images:/nowhere/at/all")).rejects.toThrow("there is no such file; check the path");
    await expect(Reflect.apply(loadDataset, undefined, ["images:x", { imageSize: 32 }])).rejects.toThrow(TypeError);
    await expect(loadDataset("images:x", { imageSize: [0, 3] })).rejects.toThrow("imageSize is 0");
    await expect(loadDataset("digits", { imageSize: [3, 3] })).rejects.toThrow("its images have a size of their own");
  });
});

test("rows to predict from have the net's channels and size", async () => {
  const folder = await folderOf({
    "b.png": plain([10, 20, 30]),
    "a.png": plain([200, 200, 200], 8, 8),
    "c.txt": Buffer.of(1),
  });
  const rows = await pictureRows([folder], [1, 2, 3]);
  expect(rows.map(({ file }) => file)).toEqual([join(folder, "a.png"), join(folder, "b.png")]);
  expect(rows.map(({ pixels }) => [...pixels])).toEqual([new Array(6).fill(200), new Array(6).fill(18)]);
  const [{ pixels }] = await pictureRows([join(folder, "b.png")], [3, 1, 2]);
  expect([...pixels]).toEqual([10, 10, 20, 20, 30, 30]);
  await expect(pictureRows([folder], [12])).rejects.toThrow("the net takes inputs of shape 12, not images");
  expect(inColour({ channels: 1, height: 1, width: 2, pixels: Uint8Array.of(1, 2) }).pixels).toEqual(
    Uint8Array.of(1, 2, 1, 2, 1, 2),
  );
});
