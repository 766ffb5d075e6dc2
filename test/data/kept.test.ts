import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Dataset, type Examples, sourceOf } from "../../src/data/index.ts";
import { type LoadOptions, loadDataset } from "../../src/data/node/index.ts";
import { fit as fitNet } from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { temporaryFolder } from "./small-files.ts";

// A table that is kept in a file is the same data set as in memory, to the bit.

const ROWS = 700;
const someRows = (row: (i: number) => string, header: string) =>
  `${header}\n${Array.from({ length: ROWS }, (_, i) => `${row(i)}\n`).join("")}`;
const wave = (i: number) => Math.sin(i * 12.9898) * 43758.5453;
const part = (i: number) => wave(i) - Math.floor(wave(i));

const people = someRows(
  (i) =>
    [
      i + 1,
      i % 13 === 0 ? "" : 18 + (i % 50),
      (part(i) * 1e5).toFixed(2),
      part(i + 1) * 1e-3,
      i % 17 === 0 ? "NA" : ["Bern", "Zürich", '"Basel, Stadt"', "Genève"][i % 4],
      i < 300 ? 7 : ["north", "south"][i % 2],
      i % 2 ? "yes" : "no",
      `2024-0${1 + (i % 9)}-1${i % 9}`,
      i % 11 === 0 ? -1e30 : i * 1e5,
      part(i) > 0.4 ? "stays" : "leaves",
    ].join(","),
  "id,age,income,share,city,late,member,since,wide,target",
);
const prices = someRows((i) => [part(i), part(i + 3), part(i) * 2 + part(i + 3)].join(";"), "a;b;price");

async function both(text: string | Uint8Array, options: LoadOptions, file = "rows.csv") {
  const path = join(await temporaryFolder(), file);
  await writeFile(path, text);
  const notes: string[] = [];
  const onProgress: LoadOptions["onProgress"] = (event) => event.kind === "note" && notes.push(event.message);
  const inMemory = await loadDataset(`csv:${path}`, options);
  const kept = await loadDataset(`csv:${path}`, { ...options, mostInMemory: 1000, onProgress });
  return { inMemory, kept, notes };
}

/** All of a data set as plain values; examples as they are gathered, in single precision and double. */
async function plain({ close: _, ...data }: Dataset) {
  const gathered = async (examples: Examples) => {
    const { count, inputSize, targetSize, gather } = sourceOf(examples);
    const indices = Uint32Array.from({ length: count }, (_, i) => (i * 37) % count);
    const [inputs, targets] = [new Float32Array(count * inputSize), new Float32Array(count * targetSize)];
    await gather(indices, inputs, targets);
    return { count, inputs, targets, double: examples.inputs, all: examples.targets };
  };
  const [train, validation, test] = [data.train, data.validation, data.test].map(gathered);
  return { ...data, train: await train, validation: await validation, test: await test };
}

describe("a table in a file is the same as in memory", () => {
  test.each<[string, string | Uint8Array, LoadOptions, string?]>([
    ["rows with missing cells dropped", people, { missing: "drop" }],
    ["means for missing cells", people, { missing: "mean" }],
    ["medians for missing cells", people, { missing: "median" }],
    [
      "indicators of missing cells",
      people,
      { missing: "indicator", columns: ["age", "city", "member", "since", "late"] },
    ],
    ["a split by a seed", people, { missing: "mean", split: { seed: 7, validation: 0.3 } }],
    [
      "a split by a column",
      people
        .replaceAll(",member", ",set")
        .replaceAll(",yes,", ",train,")
        .replace(/,no,(.*?8.*?\n)/g, ",valid,$1")
        .replaceAll(",no,", ",test,"),
      { missing: "mean", split: { column: "set" } },
    ],
    ["columns left out, and another target", people, { missing: "mean", ignore: ["id", "wide"], target: "income" }],
    ["a regression", prices, {}],
    ["several targets", prices, { target: ["b", "price"] }],
    ["a limit", prices, { limit: 100 }],
    ["gzip", gzipSync(people), { missing: "mean" }, "rows.csv.gz"],
    ["UTF-16", Buffer.from(`\ufeff${people}`, "utf16le"), { missing: "mean" }],
    ["carriage returns", people.replaceAll("\n", "\r"), { missing: "mean" }],
    ["no header", people.slice(people.indexOf("\n") + 1), { missing: "mean", header: false }],
  ])("%s", async (_, text, options, file) => {
    const { inMemory, kept, notes } = await both(text, options, file);
    expect(notes).toEqual([
      expect.stringMatching(/^csv:.*: 1 MB, so it is kept in a file of 1 MB in .*, from which batches are read$/),
    ]);
    expect("gather" in kept.train).toBe(true);
    expect(await plain(kept)).toEqual(await plain(inMemory));
  });

  test("and so is a net that is trained on it", async () => {
    const { inMemory, kept } = await both(people, { missing: "indicator" });
    const weights = async (data: Dataset) => {
      const net = await fitNet({ model: "mlp:8", data, optimizer: adam(), epochs: 3, batchSize: 32, seed: 5 });
      return [...net.w];
    };
    expect(await weights(kept)).toEqual(await weights(inMemory));
  });
});
