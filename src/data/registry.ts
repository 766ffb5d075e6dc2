import { unknownName } from "../expr/nearest.ts";
import { cifar10Description, cifarShape } from "./cifar.ts";
import type { Description, Task } from "./dataset.ts";
import { digitsDescription } from "./digits.ts";
import { fashionMnistDescription, mnistDescription } from "./mnist.ts";

/** One line of the list of data sets. What depends on options or on the user's file is left open. */
export interface Entry {
  readonly name: string;
  readonly title: string;
  readonly task?: Task;
  readonly inputShape?: readonly number[];
  readonly classes?: readonly string[];
  /** Examples in the training, validation and test part. */
  readonly counts?: readonly [train: number, validation: number, test: number];
  readonly source: string;
  readonly licence: string;
  /** What it takes to have it. */
  readonly obtain: string;
}

type Size = Required<Pick<Entry, "inputShape" | "counts">>;

/** Every data set that `loadDataset` knows. */
export const datasets: readonly Entry[] = [
  {
    ...digitsDescription,
    title: "Handwritten digits, 8 × 8",
    inputShape: [1, 8, 8],
    counts: [1197, 300, 300],
    obtain: "inside the package",
  },
  ofMnistForm(mnistDescription, "Handwritten digits, 28 × 28"),
  ofMnistForm(fashionMnistDescription, "Articles of clothing, 28 × 28"),
  {
    ...cifar10Description,
    title: "Photographs in colour, 32 × 32",
    inputShape: cifarShape,
    counts: [45_000, 5000, 10_000],
    obtain: "a folder with the binary version of https://www.cs.toronto.edu/~kriz/cifar.html",
  },
  generated("moons", "Two interleaving half circles", 2),
  generated("spirals", "Arms of a spiral", 3),
  generated("blobs", "Round clouds of points", 3),
  {
    name: "csv:FILE",
    title: "A table of your own: numbers, and a target in the last column",
    source: "your file",
    licence: "yours",
    obtain: "name the file after the colon",
  },
];

/** The entry for a name such as "mnist" or "csv:houses.csv". Throws a RangeError with the nearest name where none is. */
export function findEntry(name: string): Entry {
  const entry = datasets.find((other) => other.name === (name.startsWith("csv:") ? "csv:FILE" : name));
  if (entry) return entry;
  const names = datasets.map((other) => other.name);
  throw new RangeError(unknownName("the data set", name, names, "downhill data"));
}

function ofMnistForm(description: Description, title: string): Entry {
  const size: Size = { inputShape: [1, 28, 28], counts: [55_000, 5000, 10_000] };
  return { ...description, ...size, title, obtain: "downloaded at first use, or a folder with its four IDX files" };
}

function generated(name: string, title: string, classes: number): Entry {
  const size: Size = { inputShape: [2], counts: [700, 150, 150] };
  const labels = Array.from({ length: classes }, (_, label) => `${label}`);
  const made = { source: "generated", licence: "none needed", obtain: "generated when asked for" };
  return { name, title, task: "classification", classes: labels, ...size, ...made };
}
