import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Dataset, type Examples, sourceOf } from "../../src/data/index.ts";
import { fileBytes } from "../../src/data/node/byte-source.ts";
import { type LoadOptions, loadDataset } from "../../src/data/node/index.ts";
import { KeptCells } from "../../src/data/node/kept-cells.ts";
import { type Packing, pack, packingOf, unpack, viewOf } from "../../src/data/node/packed.ts";
import { ScratchFile } from "../../src/data/node/scratch-file.ts";
import { type Cells, CellsInMemory } from "../../src/data/table/cells.ts";
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

const halves = someRows((i) => [part(i), part(i + 3), i / 2].join(","), "a,b,half");
const manyClasses = someRows((i) => [part(i), part(i + 3), `class ${i % 300}`].join(","), "a,b,class");

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
    return { count, inputs, targets, double: examples.inputs, all: examples.targets, weights: examples.weights };
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
    ["targets that single precision holds", halves, {}],
    ["more classes than a byte numbers", manyClasses, {}],
    ["weights of examples and of classes", people, { missing: "mean", weights: "id", classWeights: "balanced" }],
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

describe("cells in a file", () => {
  /** Rows of numbers of every packing; the last column has words' codes. */
  const cellAt = (row: number, column: number) =>
    [
      row % 200,
      -row,
      row * 1e5,
      row / 4,
      row / 3,
      row % 7 === 0 ? Number.NaN : row,
      Object.is(row % 9, 0) ? -0 : 1,
      (row % 3) - 1,
    ][column];
  const [rows, width] = [70_000, 8];
  const filled = <C extends Cells>(cells: C): C => {
    const block = new Float64Array(100 * width);
    for (let start = 0; start < rows; start += 100) {
      for (let i = 0; i < block.length; i++) block[i] = cellAt(start + Math.floor(i / width), i % width);
      for (let column = 0; column < width; column++) cells.append(column, block, 100, width);
    }
    cells.change(3, (cell) => cell + 0.5);
    return cells;
  };
  const facts = { name: "", number: 1, missing: 0 };

  test("are those that were put in, column by column and row by row", () => {
    const [kept, inMemory] = [filled(new KeptCells(() => new ScratchFile())), filled(new CellsInMemory())];
    kept.clear(2);
    for (let row = 0; row < rows; row++) kept.append(2, Float64Array.of(0, 0, row * 1e5), 1, 3);
    const columns = [7, 0, 5, 2, 4, 3, 6, 1];
    const numbers = columns.map((column) => {
      const [own, other] = [kept.numbers(column, facts), inMemory.numbers(column, facts)];
      const [mine, values] = [own, other].map((each) => (each.cells === "numbers" ? each.values : new Float64Array()));
      expect(mine.length).toBe(rows);
      expect(mine.findIndex((cell, row) => !Object.is(cell, values[row]))).toBe(-1);
      return values;
    });
    const read = kept.rowReader(columns);
    const some = Uint32Array.of(0, 1, 2, 69_999, 65_536, 32_767, 32_768, 5, 5);
    const cells = new Float64Array(some.length * columns.length);
    read(some, cells);
    expect([...cells]).toEqual([...some].flatMap((row) => numbers.map((values) => values[row])));
    kept.close();
    expect(() => read(some, cells)).toThrow("the data set was closed: nothing can be read from it any more");
  });
});

test.each<[Packing, number[]]>([
  ["u8", [0, 255]],
  ["i16", [-1, 300]],
  ["i16", [1, Number.NaN]],
  ["i32", [-(2 ** 15), 7]],
  ["i32", [2 ** 31 - 1, Number.NaN]],
  ["f32", [0.5, -0, Number.NaN]],
  ["f32", [2 ** 31]],
  ["f64", [-(2 ** 31), 0.1]],
  ["f64", [2 ** 53 - 1]],
])("cells are packed as %s: %j", (packing, cells) => {
  const values = Float64Array.from(cells);
  expect(packingOf(values)).toBe(packing);
  const view = viewOf(packing, new ArrayBuffer(64));
  pack(packing, values, view);
  const back = new Float64Array(cells.length);
  unpack(packing, view, [0, 1], back, [0, 1, cells.length]);
  expect([...back]).toEqual(cells);
});

describe("what can go wrong", () => {
  test("a file that is changed while it is read is refused", async () => {
    const path = join(await temporaryFolder(), "f.csv");
    await writeFile(path, people);
    const signal = new AbortController().signal;
    const source = fileBytes(path, "csv:f.csv");
    await writeFile(path, `${people}1\n`);
    expect(() => source.check()).toThrow(
      "csv:f.csv: the file was changed while it was read; try again when it is complete",
    );
    await expect(loadDataset(path, { missing: "mean", mostInMemory: 10, signal })).rejects.toThrow(
      "line 702: 1 cell, expected 10",
    );
  });

  test("a disk without room is refused at once, with what is needed", () => {
    expect(() => new ScratchFile(2 ** 60)).toThrow(
      /MB are free, but the rows of the table may take 1152921504607 MB; make room, or name a folder with more of it in XDG_CACHE_HOME$/,
    );
  });

  test("text after the first piece that is not UTF-8, and a table of no rows", async () => {
    const path = join(await temporaryFolder(), "f.csv");
    await writeFile(path, Buffer.concat([Buffer.from(prices.repeat(40)), Buffer.from([0xff, 0x0a])]));
    await expect(loadDataset(path, { mostInMemory: 10 })).rejects.toThrow(
      "it is not UTF-8 text; save it as a UTF-8 CSV file",
    );
    await writeFile(path, "a,b,c\n");
    await expect(loadDataset(path, { mostInMemory: 2 })).rejects.toThrow("there are no rows below the header");
    await writeFile(path, "\n\n\n\n");
    await expect(loadDataset(path, { mostInMemory: 2 })).rejects.toThrow("there is nothing in it");
  });

  test("an interruption is heard between the pieces", async () => {
    const path = join(await temporaryFolder(), "f.csv");
    await writeFile(path, prices);
    const controller = new AbortController();
    const loading = loadDataset(path, { mostInMemory: 10, signal: controller.signal });
    controller.abort(new Error("interrupted"));
    await expect(loading).rejects.toThrow("interrupted");
  });

  test("text of very many different words is left out, not asked for and not predicted", async () => {
    const path = join(await temporaryFolder(), "f.csv");
    const text = Array.from({ length: 40_000 }, (_, i) => `name ${i},${i % 7},${i % 2 ? "yes" : "no"}\n`).join("");
    await writeFile(path, `name,x,y\n${text}`);
    const load = (options: LoadOptions) => loadDataset(path, { mostInMemory: 10, ...options });
    expect((await load({ ignore: ["name"] })).inputNames).toEqual(["x"]);
    await expect(load({})).rejects.toThrow('leave it out: ignore: ["name"]');
    await expect(load({ columns: ["name"] })).rejects.toThrow("it holds text");
    await expect(load({ target: "name" })).rejects.toThrow(
      /it holds more than \d+ different words, such as "name 0"; choose/,
    );
  });
});
