import { type Flag, oneOf, text, whole } from "./flag.ts";

/** Which data to train on. */

async function dataNames(): Promise<readonly string[]> {
  const { datasets } = await import("../../src/data/index.ts");
  return datasets.map(({ name }) => name);
}

export const data: Flag<string> = {
  name: "data",
  value: "<name>",
  group: "Data",
  kind: text,
  suggests: { names: dataNames },
  help: "data set: {names}; or the path of a file of your own",
};
export const dataDir: Flag<string> = {
  name: "data-dir",
  value: "<dir>",
  group: "Data",
  kind: text,
  suggests: { paths: "folders" },
  help: "look for the data set's files in this folder only",
};
export const limit: Flag<number> = {
  name: "limit",
  value: "<n>",
  group: "Data",
  kind: whole(1),
  help: "use only the first n training examples",
};
export const testLimit: Flag<number> = {
  ...limit,
  help: "evaluate on n images or examples of a data set only, spread evenly over it",
};
export const imageSize: Flag<readonly [number, number]> = {
  name: "image-size",
  value: "<WxH>",
  group: "Data",
  kind: {
    allowed: "width and height in pixels, such as 32x32",
    read: (given) => {
      const [, width, height] = /^([1-9]\d{0,3})[x×]([1-9]\d{0,3})$/.exec(given.trim()) ?? [];
      return height === undefined ? undefined : [Number(width), Number(height)];
    },
  },
  help: "resize the images of images:FOLDER to this many pixels, such as 32x32",
};
export const whiten: Flag<"none" | "zca"> = {
  name: "whiten",
  value: "<method>",
  group: "Data",
  kind: oneOf(["none", "zca"]),
  help: "make the pixels of images uncorrelated, by what is measured on the training set: zca, or none (default: none); of 3 × 32 × 32 pixels that takes up to a minute",
};
export const temperatures: Flag<string> = {
  name: "temperatures",
  value: "<file>",
  group: "Data",
  kind: text,
  suggests: { paths: "files" },
  help: "CSV file of daily temperatures to use (default: a year that comes with the package)",
};
