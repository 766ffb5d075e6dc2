import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type CsvOptions, csvTable, DataError, type RawColumn } from "../../src/data/index.ts";
import { loadDataset, loadTable } from "../../src/data/node/index.ts";
import { parquetTable } from "../../src/data/node/parquet.ts";
import { npyDataset } from "../../src/data/npy/arrays.ts";
import { readNpy } from "../../src/data/npy/npy.ts";
import { asRead } from "./as-read.ts";
import { temporaryFolder } from "./small-files.ts";

const golden = (file: string) => fileURLToPath(new URL(`../goldens/data/${file}`, import.meta.url));
const rows = (count: number, row: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${row(i)}\n`).join("");
const cellsOf = (column: RawColumn): unknown[] =>
  column.cells === "numbers" ? [...column.values] : [...column.codes].map((code) => column.words[code]);

describe("comments", () => {
  const data = rows(20, (i) => `${i},${i % 3},${i % 2 ? "yes" : "no"}`);
  const read = (text: string, options?: CsvOptions) => {
    const { form, targets } = asRead(text, "f", options);
    return [form?.header, form?.columns.join(), targets.length, form?.comments];
  };

  test.each<[string, string, unknown[]]>([
    ["above the header", `# made today\n#\n#, by hand, with care, and more\na,b,y\n${data}`, [true, "a,b,y", 20, 3]],
    ["between the rows", `a,b,y\n${data}# 3,4,yes\n${data}`, [true, "a,b,y", 40, 1]],
    ["with quotes in them", `a,b,y\n# don't say "5\n${data}`, [true, "a,b,y", 20, 1]],
    ["without a header", `# made today\n${data}`, [false, ",,", 20, 1]],
    ["a row that is commented out", `# 1,2,yes\n${data}`, [false, ",,", 20, 1]],
    ["the header, as NumPy writes it", `# made today\n# a,b,y\n${data}`, [true, "a,b,y", 20, 1]],
    ["the header alone", `#a,b,y\n${data}`, [true, "a,b,y", 20, undefined]],
    ["a column that is called #", `#,b,y\n${data}`, [true, "#,b,y", 20, undefined]],
    ["after a byte-order mark", `\ufeff# made today\r\na,b,y\r\n${data}`, [true, "a,b,y", 20, 1]],
  ])("%s", (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
    expect(read(text.replaceAll(",", ";"))).toEqual(expected.map((each) => each));
  });

  test("lines count on, and values that begin with # are values", () => {
    expect(() => asRead(`a,b,y\n# one\n# two\n${data}1,?,yes\n`, "f")).toThrow('f: line 24, column 2 ("b")');
    const { columns } = csvTable(`colour,y\n${rows(20, (i) => `#ff000${i % 2},${i}`)}`, "f");
    expect(columns[0]).toMatchObject({ words: ["#ff0000", "#ff0001"] });
  });
});

test("a table in auto-mpg's manner: columns of blanks, ? for missing, a quoted name at the end", () => {
  const text = rows(
    30,
    (i) => `${15 + (i % 9)}.0   8   ${i === 7 ? "?" : `${130 + i}.0`}      3504.      ${i % 3}\t"ford ${i}"`,
  );
  const { form, columns } = csvTable(text, "f", { target: 1 });
  expect([form?.delimiter, form?.header, columns.length, columns[2].missing]).toEqual([" ", false, 6, 1]);
  expect(cellsOf(columns[5])[3]).toBe("ford 3");
  expect(cellsOf(columns[3])[0]).toBe(3504);
});

describe("encodings", () => {
  const text = `größe,farbe\n${rows(20, (i) => `${i},${i % 2 ? "grün" : "weiß"}`)}`;
  const little = Buffer.from(`\ufeff${text}`, "utf16le");
  test.each<[string, Uint8Array]>([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with its mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16, little-endian", little],
    ["UTF-16, big-endian", Buffer.from(little).swap16()],
    ["gzipped", gzipSync(text)],
    ["gzipped UTF-16", gzipSync(little)],
  ])("%s", async (_name, bytes) => {
    const file = join(await temporaryFolder(), "f.csv");
    await writeFile(file, bytes);
    const data = await loadDataset(file);
    expect([data.name, data.classes, data.inputNames]).toEqual([`csv:${file}`, ["grün", "weiß"], ["größe"]]);
  });

  test("damaged ones are refused", async () => {
    const file = join(await temporaryFolder(), "f.csv");
    await writeFile(file, gzipSync(text).subarray(0, 40));
    await expect(loadDataset(file)).rejects.toThrow("the gzip data end too early");
    await writeFile(file, little.subarray(0, 21));
    await expect(loadDataset(file)).rejects.toThrow("it is not UTF-16 text");
  });
});

describe("separate files for validation and test", () => {
  const make = async () => {
    const folder = await temporaryFolder();
    const write = async (name: string, header: string, count: number, row: (i: number) => string) => {
      await writeFile(join(folder, name), `${header}\n${rows(count, row)}`);
      return join(folder, name);
    };
    const train = await write("train.csv", "a,c,y", 20, (i) => `${i},${i % 2 ? "red" : "blue"},${i / 2}`);
    const valid = await write("valid.csv", "y;a;more;c", 8, (i) => `${i}.5;${100 + i};x;${i % 2 ? "red" : "green"}`);
    const tested = await write("test.csv", "a,c,y", 6, (i) => `${200 + i},${i ? "red" : ""},${i / 4}`);
    return { folder, train, valid, tested };
  };

  test("are matched by the columns' names, and encoded as the training set is", async () => {
    const { train, valid } = await make();
    const data = await loadDataset(train, { validationFile: valid, target: "y" });
    expect([data.train.count, data.validation.count, data.test.count]).toEqual([17, 8, 3]);
    expect(data.inputNames).toEqual(["a", "c = blue", "c = red"]);
    const raw = (i: number) =>
      data.validation.inputs[3 * i] * data.standardization.deviation[0] + data.standardization.mean[0];
    expect([raw(0), raw(7)].map(Math.round)).toEqual([100, 107]);
    expect([...data.validation.inputs.slice(1, 3)]).toEqual([0, 0]); // green was never seen
    const both = await loadDataset(train, { validationFile: valid, testFile: `csv:${valid}`, target: "y" });
    expect([both.train.count, both.test.count]).toEqual([20, 8]);
  });

  test("errors name the file and its line", async () => {
    const { train, valid, tested, folder } = await make();
    await expect(loadDataset(train, { testFile: tested })).rejects.toThrow(
      `csv:${tested}: line 2, column 2 ("c"): the cell is empty`,
    );
    await writeFile(join(folder, "other.csv"), `b,c,y\n${rows(5, (i) => `1,red,${i}`)}`);
    await expect(loadDataset(train, { testFile: join(folder, "other.csv") })).rejects.toThrow(
      `it lacks the column "a" of csv:${train}`,
    );
    await expect(loadDataset(train, { validationFile: valid, split: { validation: 0.2 } })).rejects.toThrow(
      "split: validation is given, but so is a table of its own; leave one of them out",
    );
  });
});

describe("Parquet, written by PyArrow", () => {
  test.each(["snappy", "gzip"])("%s", async (codec) => {
    const table = await loadTable(golden(`${codec}.parquet`));
    expect(table?.columns.map(({ name, missing }) => [name, missing])).toEqual([
      ["id", 0],
      ["size", 1],
      ["colour", 0],
      ["member", 0],
      ["joined", 0],
      ["price", 0],
    ]);
    const row = (i: number) => table?.columns.map((column) => cellsOf(column)[i]);
    expect(row(5)).toEqual([5, Number.NaN, "blue", "false", "2024-01-06T00:00:00.000Z", 1050.5]);
    const data = await loadDataset(`parquet:${golden(`${codec}.parquet`)}`, { missing: "mean", ignore: ["id"] });
    expect([data.task, data.inputNames]).toEqual([
      "regression",
      ["size", "colour = blue", "colour = green", "colour = red", "member"],
    ]);
  });

  test.each([
    [
      "zstd.parquet",
      "it cannot be read: parquet unsupported compression codec: ZSTD; write it with Snappy, gzip or no compression",
    ],
    [
      "nested.parquet",
      'row 1, column 1 ("a"): it holds a list or an object, not a number, text or a date; leave the column out when you write the file',
    ],
    ["f4.npy", "it cannot be read: parquet"],
    ["none.parquet", "there is no such file"],
  ])("%s is refused", async (file, message) => {
    await expect(loadDataset(`parquet:${golden(file)}`)).rejects.toThrow(DataError);
    await expect(loadDataset(`parquet:${golden(file)}`)).rejects.toThrow(message);
  });

  test("more cells than memory holds are refused before they are read", async () => {
    const name = `parquet:${golden("snappy.parquet")}`;
    const { rows, columns } = await parquetTable(name);
    const cells = rows * columns.length;
    await expect(parquetTable(name, undefined, cells)).resolves.toMatchObject({ rows });
    await expect(parquetTable(name, undefined, cells - 1)).rejects.toThrow(
      `${name}: ${rows} rows × ${columns.length} columns are ${cells} cells; a Parquet file is read into memory, up to ${cells - 1}; write it as a CSV file, which may be larger than memory, or leave columns out`,
    );
  });
});

describe("arrays, written by NumPy", () => {
  const read = async (file: string) => readNpy(await (await import("node:fs/promises")).readFile(golden(file)), file);

  test.each(["f4", "f8", "i2", "i4", "i8", "u2", "u4", "big-f8", "big-i2", "fortran"])("%s.npy", async (type) => {
    const { shape, values } = await read(`${type}.npy`);
    expect(shape).toEqual([12, 3]);
    expect([...values]).toEqual(Array.from({ length: 36 }, (_, i) => 100 * Math.floor(i / 3) + (i % 3)));
  });

  test.each([
    ["i1", 100],
    ["u1", 100],
    ["b1", 2],
  ])("%s.npy", async (type, modulus) => {
    const { values } = await read(`${type}.npy`);
    expect([...values]).toEqual(Array.from({ length: 36 }, (_, i) => (100 * Math.floor(i / 3) + (i % 3)) % modulus));
  });

  test("a table: the targets are the last column, or another, or a second file's", async () => {
    const last = await loadDataset(golden("f8.npy"), { task: "regression" });
    expect([last.name, last.inputShape, last.outputs]).toEqual([`npy:${golden("f8.npy")}`, [2], 1]);
    const first = await loadDataset(`npy:${golden("f4.npy")}`, { task: "regression", target: [1, 2] });
    expect([first.inputShape, first.outputs]).toEqual([[1], 2]);
    const pair = await loadDataset(`npy:${golden("f4.npy")},${golden("f8.npy")}`);
    expect([pair.inputShape, pair.outputs]).toEqual([[3], 3]);
  });

  test("images with their channels first are refused; bytes of other shapes are a table", () => {
    const y = { file: "y", shape: [40], values: Uint8Array.from({ length: 40 }, (_, i) => i % 2) };
    const read = (...shape: number[]) => {
      const values = Uint8Array.from({ length: 40 * shape.reduce((size, n) => size * n, 1) }, (_, i) => (7 * i) % 251);
      return npyDataset("npz:f", { train: { x: { file: "x", shape: [40, ...shape], values }, y } }, {}).inputShape;
    };
    expect(() => read(3, 5, 4)).toThrow(
      "npz:f: has images of shape 40 × 3 × 5 × 4, with their channels first; put the channels last: x.transpose(0, 2, 3, 1)",
    );
    expect(read(5, 4, 3)).toEqual([3, 5, 4]);
    expect(read(2, 2, 2)).toEqual([8]);
  });

  test("npz: MNIST's arrays are images with their own test set; x and y are a table", async () => {
    const images = await loadDataset(golden("images.npz"));
    expect(images).toMatchObject({ task: "classification", classes: ["0", "1", "2"], inputShape: [1, 4, 5] });
    expect([images.train.count, images.validation.count, images.test.count]).toEqual([17, 1, 6]);
    const { mean, deviation } = images.standardization;
    const pixel = (i: number) => Math.round(images.test.inputs[i] * deviation[0] + mean[0]);
    expect([pixel(0), pixel(7)]).toEqual([(18 * 20) % 251, (18 * 20 + 7) % 251]);
    expect([...images.test.targets]).toEqual([0, 1, 2, 0, 1, 2]);
    const values = await loadDataset(`npz:${golden("values.npz")}`);
    expect([values.task, values.inputShape, values.train.count]).toEqual(["regression", [3], 8]);
  });

  test.each([
    [`npy:${golden("words.npy")}`, "holds elements of type"],
    [`npz:${golden("others.npz")}`, 'holds "a", "b"; name the arrays x and y, or x_train, y_train, x_test and y_test'],
    [`npz:${golden("f4.npy")}`, "it is not a ZIP file"],
    [`npy:${golden("snappy.parquet")}`, "it is not a file of numpy.save"],
    ["npy:/nowhere/x.npy", "there is no such file"],
  ])("%s is refused", async (name, message) => {
    await expect(loadDataset(name)).rejects.toThrow(DataError);
    await expect(loadDataset(name)).rejects.toThrow(message);
  });

  test("truncated ones are refused", async () => {
    const bytes = await (await import("node:fs/promises")).readFile(golden("f4.npy"));
    for (const length of [8, 60, bytes.length - 1])
      expect(() => readNpy(bytes.subarray(0, length), "f")).toThrow(DataError);
  });
});

describe("a folder of IDX files", () => {
  const idx = (shape: readonly number[], value: (i: number) => number) => {
    const head = Buffer.alloc(4 + 4 * shape.length);
    head.set([0, 0, 8, shape.length]);
    for (const [i, length] of shape.entries()) head.writeUInt32BE(length, 4 + 4 * i);
    const count = shape.reduce((a, b) => a * b, 1);
    return Buffer.concat([head, Buffer.from(Array.from({ length: count }, (_, i) => value(i) % 256))]);
  };
  const write = async (folder: string, before: string) => {
    const set = async (name: string, count: number) => {
      await writeFile(
        join(folder, `${before}${name}-images-idx3-ubyte.gz`),
        gzipSync(idx([count, 3, 3], (i) => i * 7)),
      );
      await writeFile(
        join(folder, `${before}${name}-labels-idx1-ubyte`),
        idx([count], (i) => 1 + (i % 26)),
      );
    };
    await set("train", 78);
    await set("test", 26);
  };

  test("its classes are the labels that occur, as in EMNIST's letters", async () => {
    const folder = await temporaryFolder();
    await write(folder, "emnist-letters-");
    const data = await loadDataset(`idx:${folder}`);
    expect(data.classes).toEqual(Array.from({ length: 26 }, (_, i) => `${i + 1}`));
    expect([data.train.count, data.validation.count, data.test.count, data.test.targets[25]]).toEqual([72, 6, 26, 25]);
  });

  test("one of several sets is chosen by the beginning of its files' names", async () => {
    const folder = await temporaryFolder();
    await write(folder, "emnist-letters-");
    await write(folder, "emnist-digits-");
    await expect(loadDataset(`idx:${folder}`)).rejects.toThrow(
      /the folder holds 2 sets: .*; name one of them, such as idx:/,
    );
    expect((await loadDataset(`idx:${join(folder, "emnist-digits")}`)).outputs).toBe(26);
  });

  test("missing files are named", async () => {
    const folder = join(await temporaryFolder(), "empty");
    await mkdir(folder);
    await expect(loadDataset(`idx:${folder}`)).rejects.toThrow("the train images are missing; give a folder with");
  });
});
