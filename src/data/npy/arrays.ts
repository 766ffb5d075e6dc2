import { DataError, quote } from "../../files/index.ts";
import type { Dataset, Description } from "../dataset.ts";
import { type ByteImages, imageDataset } from "../images/images.ts";
import { range } from "../split.ts";
import { type ColumnRef, findColumn } from "../table/find-column.ts";
import { joinTables } from "../table/join-tables.ts";
import type { RawColumn, RawTable } from "../table/raw-table.ts";
import { type TableOptions, tableDataset } from "../table/table-dataset.ts";
import type { NpyArray } from "./npy.ts";

/** Examples and their targets; without these, the targets are the last column. */
export interface ArrayPair {
  readonly x: NpyArray;
  readonly y?: NpyArray;
}

/** The last twelfth of the training examples is the validation set, as with MNIST's own files. */
const VALIDATION_SHARE = 1 / 12;

/** Names of examples and targets in one file: those of Keras' data sets, and others in use. */
const PAIRS = [
  ["x_train", "y_train"],
  ["X_train", "y_train"],
  ["train_images", "train_labels"],
  ["x", "y"],
  ["X", "y"],
  ["inputs", "targets"],
  ["data", "target"],
  ["data", "labels"],
  ["images", "labels"],
] as const;

/** The pair of arrays to train on, and the one to test with if there is one. */
export function pairsIn(
  arrays: ReadonlyMap<string, NpyArray>,
  name: string,
): { readonly train: ArrayPair; readonly test?: ArrayPair } {
  const names = PAIRS.find(([x, y]) => arrays.has(x) && arrays.has(y));
  const pair = ([x, y]: readonly [string, string]): ArrayPair | undefined => {
    const [own, target] = [arrays.get(x), arrays.get(y)];
    return own && target && { x: own, y: target };
  };
  const train = names && pair(names);
  if (names === undefined || train === undefined) {
    const found = [...arrays.keys()].map((each) => quote(each)).join(", ");
    throw new DataError(
      name,
      `holds ${found === "" ? "no arrays" : found}`,
      "name the arrays x and y, or x_train, y_train, x_test and y_test",
    );
  }
  const test = pair([names[0].replace("train", "test"), names[1].replace("train", "test")]);
  return { train, ...(test && test.x !== train.x && { test }) };
}

/** Whether they are bytes of images: three dimensions, or four with 1 or 3 channels. */
export const areImages = ({ x, y }: ArrayPair): boolean =>
  y !== undefined &&
  x.values instanceof Uint8Array &&
  (x.shape.length === 3 || (x.shape.length === 4 && channelsOf(x) > 0));

/** Throws a DataError for bytes that are images with their channels first, as PyTorch has them, which would be taken for a table. */
function refuseChannelsFirst(name: string, { x, y }: ArrayPair): void {
  const { shape, values } = x;
  if (y === undefined || !(values instanceof Uint8Array) || shape.length !== 4 || channelsOf(x) > 0) return;
  if (![1, 3].includes(shape[1])) return;
  throw new DataError(
    name,
    `has images of shape ${shape.join(" × ")}, with their channels first`,
    "put the channels last: x.transpose(0, 2, 3, 1)",
  );
}

/** The channels of images, the last of four dimensions; 0 if there are neither 1 nor 3. */
const channelsOf = ({ shape }: NpyArray): number =>
  shape.length === 3 ? 1 : ([1, 3].find((n) => n === shape[3]) ?? 0);

/** A data set of images. Without test images the last sixth of the images is divided for validation and test. */
export function npyImages(name: string, train: ArrayPair, test: ArrayPair | undefined, limit?: number): Dataset {
  const images = bytesOf(train);
  const testImages = test ? bytesOf(test) : images;
  const count = images.labels.length;
  const held = Math.max(1, Math.floor(count * VALIDATION_SHARE));
  const rest = test ? count - held : count - 2 * held;
  if (rest < 1) throw new DataError(name, `has ${count} images, too few to train on`, "give more images");
  const classes = Math.max(...[images, testImages].map(({ labels }) => labels.reduce((a, b) => Math.max(a, b), 0))) + 1;
  const [, height, width] = train.x.shape;
  const description: Description = {
    ...{ name, task: "classification", classes: Array.from({ length: classes }, (_, i) => `${i}`) },
    ...{ source: `${count} images of ${name.replace(/^[a-z]+:/, "")}`, licence: "the owner's" },
  };
  return imageDataset({
    ...{ description, inputShape: [channelsOf(train.x), height, width], images, testImages, limit },
    split: {
      train: range(0, rest),
      validation: range(rest, rest + held),
      test: test ? range(0, testImages.labels.length) : range(rest + held, count),
    },
  });
}

function bytesOf({ x, y }: ArrayPair): ByteImages {
  const [count, height, width] = x.shape;
  const labels = Uint8Array.from(y?.values ?? []);
  if (y === undefined || labels.length !== count || y.values.some((label, i) => label !== labels[i]))
    throw new DataError(
      y?.file ?? x.file,
      `expected a label from 0 to 255 for each of ${count} images`,
      "give whole numbers",
    );
  const channels = channelsOf(x);
  const plane = height * width;
  const pixels = new Uint8Array(count * channels * plane);
  for (let i = 0; i < count; i++)
    for (let channel = 0; channel < channels; channel++)
      for (let at = 0; at < plane; at++)
        pixels[(i * channels + channel) * plane + at] = x.values[(i * plane + at) * channels + channel];
  return { pixels, labels };
}

/** Arrays as a table without names: one row for each example. */
export function npyTable(name: string, { x, y }: ArrayPair, target?: ColumnRef | readonly ColumnRef[]): RawTable {
  const [rows = 0] = x.shape;
  const width = rows === 0 ? 0 : x.values.length / rows;
  const outputs = y === undefined || rows === 0 ? 0 : y.values.length / rows;
  if (y !== undefined && y.shape[0] !== rows)
    throw new DataError(y.file, `has ${y.shape[0] ?? 0} targets for ${rows} examples`, "give one for each");
  if (x.shape.length < 2 || (y === undefined && width < 2)) {
    const shape = `(${x.shape.join(", ")})`;
    throw new DataError(
      x.file,
      `its shape is ${shape}`,
      "give rows of inputs, with the target in the last column or in an array of its own",
    );
  }
  const inputs = Array.from({ length: width }, (_, at) => column(x, at, width, at + 1));
  const targets = Array.from({ length: outputs }, (_, at) => column(y ?? x, at, outputs, width + at + 1));
  const columns = [...inputs, ...targets];
  const names = columns.map(() => "");
  const chosen = target === undefined ? undefined : [target].flat().map((each) => findColumn(names, name, each));
  const last = y === undefined ? [width - 1] : targets.map((_, at) => width + at);
  return { name, rows, columns, targets: chosen ?? last, numbers: { decimal: "." } };
}

function column({ values }: NpyArray, at: number, width: number, number: number): RawColumn {
  const own = Float64Array.from({ length: values.length / width }, (_, row) => {
    const value = values[row * width + at];
    return Number.isFinite(value) ? value : Number.NaN;
  });
  const row = own.findIndex(Number.isNaN);
  const missing = own.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
  return {
    cells: "numbers",
    name: "",
    number,
    values: own,
    missing,
    ...(row >= 0 && { firstMissing: { row, text: "NaN" } }),
  };
}

/** A data set from arrays: images if they are bytes of such a shape, else a table. */
export function npyDataset(
  name: string,
  pairs: { readonly train: ArrayPair; readonly test?: ArrayPair },
  options: TableOptions & { readonly target?: ColumnRef | readonly ColumnRef[] },
): Dataset {
  const { train, test } = pairs;
  refuseChannelsFirst(name, train);
  if (areImages(train)) return npyImages(name, train, test, options.limit);
  const { target, ...rest } = options;
  const own = npyTable(name, train, target);
  return tableDataset(joinTables(own, test ? { test: npyTable(`${name}, test`, test, target) } : {}), rest);
}
