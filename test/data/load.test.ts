import { mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { DataError, datasets, findEntry } from "../../src/data/index.ts";
import { cacheFolder, fetchDataset, findDataset, loadDataset } from "../../src/data/node/index.ts";
import { pathOf } from "../../src/data/node/table.ts";
import { smallMnist, temporaryFolder, writeFiles } from "./small-files.ts";

describe("names", () => {
  test("every entry can be sought and loaded, and what is generated or inside keeps what its entry promises", async () => {
    for (const entry of datasets) {
      const found = findDataset(entry.name, await temporaryFolder());
      if (found === undefined) continue;
      const dataset = await loadDataset(entry.name);
      expect(dataset).toMatchObject({
        name: entry.name,
        task: entry.task,
        inputShape: entry.inputShape,
        licence: entry.licence,
      });
      expect(dataset.classes).toEqual(entry.classes);
      expect([dataset.train.count, dataset.validation.count, dataset.test.count]).toEqual(entry.counts);
    }
  });

  test.each([
    ["mnits", 'the data set "mnits" is not known; did you mean mnist?'],
    ["CIFAR10", "did you mean cifar-10?"],
    ["fashion_mnist", "did you mean fashion-mnist?"],
    ["constructor", "is not known"],
    ["", 'the data set "" is not known'],
    ["\u001b[31m", '"\\u001b[31m" is not known'],
  ])("%j is unknown", async (name, message) => {
    await expect(loadDataset(name)).rejects.toThrow(RangeError);
    expect(() => findEntry(name)).toThrow(message);
  });
});

test("a limit is checked before anything is read", async () => {
  await expect(loadDataset("mnist", { limit: 0.5 })).rejects.toThrow(
    "limit is 0.5; it must be a whole number, 1 or more",
  );
});

describe("csv:FILE", () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 2 ? "odd" : "even"}\n`).join("");

  test("is read, named and divided", async () => {
    const name = `csv:${join(await temporaryFolder(), "parity.csv")}`;
    await writeFile(pathOf(name), `number,kind\n${rows}`);
    const dataset = await loadDataset(name, { limit: 5 });
    expect(dataset).toMatchObject({ name, task: "classification", classes: ["even", "odd"], inputShape: [1] });
    expect([dataset.train.count, dataset.validation.count, dataset.test.count]).toEqual([5, 3, 3]);
    const turned = await loadDataset(name, { target: "number", task: "regression" });
    expect(turned.inputNames).toEqual(["kind = even", "kind = odd"]);
    expect(findDataset(name)).toBe(pathOf(name));
  });

  test.each<[string, (file: string) => Promise<void>, string]>([
    ["no file", async () => undefined, "there is no such file; check the path"],
    ["a folder", (file) => mkdir(file).then(() => undefined), "it is a folder; give a file"],
    ["not UTF-8", (file) => writeFile(file, Buffer.from([0x31, 0x2c, 0xff, 0x0a])), "it is not UTF-8 text"],
    ["not a table", (file) => writeFile(file, gzipSync("note")), "there is one column"],
    ["zeros", (file) => writeFile(file, Buffer.alloc(100)), "there is one column"],
    [
      "large, without line breaks",
      (file) => writeFile(file, rows).then(() => truncate(file, 2 ** 28 + 1)),
      "a row of more than 67108864 characters; check line breaks and quotes",
    ],
  ])("%s", async (_name, make, message) => {
    const file = join(await temporaryFolder(), "f.csv");
    await make(file);
    const error: unknown = await loadDataset(`csv:${file}`).catch((thrown: unknown) => thrown);
    const rethrow = (): never => {
      throw error;
    };
    expect(rethrow).toThrow(DataError);
    expect(rethrow).toThrow(message);
  });
});

describe("fetchDataset", () => {
  test("leaves what is there as it is, and says where", async () => {
    const dir = await writeFiles(await temporaryFolder(), smallMnist());
    expect(await fetchDataset("mnist", { dir, mirrors: ["http://127.0.0.1:1/"] })).toBe(dir);
    expect(await fetchDataset("digits")).toBe("inside the package");
  });

  test("says what to do about what cannot be downloaded", async () => {
    const none = `csv:${await temporaryFolder()}/none`;
    await expect(fetchDataset(none)).rejects.toThrow(DataError);
    await expect(fetchDataset(none)).rejects.toThrow(
      "it cannot be downloaded by this program; how to get it: the file's path",
    );
  });
});

test("options that there are not are refused", async () => {
  await expect(Reflect.apply(loadDataset, undefined, ["digits", { limt: 3 }])).rejects.toThrow(
    'loadDataset: option "limt" is not known; did you mean limit?',
  );
  for (const [theirs, ours] of Object.entries({
    predict: "target",
    dataDir: "dir",
    sep: "delimiter",
    na_values: "notMissing",
  }))
    await expect(Reflect.apply(loadDataset, undefined, ["digits", { [theirs]: 3 }])).rejects.toThrow(
      `loadDataset: option "${theirs}" is not known; did you mean ${ours}?`,
    );
  await expect(Reflect.apply(fetchDataset, undefined, ["mnist", { folder: "x" }])).rejects.toThrow(
    'fetchDataset: option "folder" is not known',
  );
});

test("download: false looks in the cache and the system's folders, and says so", async () => {
  vi.stubEnv("XDG_CACHE_HOME", await temporaryFolder());
  const attempt = loadDataset("mnist", { download: false });
  await expect(attempt).rejects.toThrow(DataError);
  await expect(attempt).rejects.toThrow(
    `t10k-labels-idx1-ubyte not found in ${join(cacheFolder(), "mnist")}; name their folder`,
  );
  await mkdir(join(cacheFolder(), "mnist"), { recursive: true });
  await writeFiles(join(cacheFolder(), "mnist"), smallMnist());
  expect((await loadDataset("mnist", { download: false })).train.count).toBe(22);
  vi.unstubAllEnvs();
});

describe("where files are kept", () => {
  const home = "/home/ann";
  test.each([
    ["linux", {}, "/home/ann/.cache/downhill"],
    ["linux", { XDG_CACHE_HOME: "/srv/cache" }, "/srv/cache/downhill"],
    ["linux", { XDG_CACHE_HOME: "relative" }, "/home/ann/.cache/downhill"],
    ["darwin", {}, "/home/ann/Library/Caches/downhill"],
    ["win32", { LOCALAPPDATA: "/c/local" }, "/c/local/downhill/cache"],
  ])("%s %j", (platform, env, expected) => {
    expect(cacheFolder({ platform, home, env })).toBe(expected);
  });
});
