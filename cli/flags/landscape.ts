import type { DirectionKind } from "../../src/landscape/index.ts";
import { workers } from "./comparison.ts";
import { limit } from "./data.ts";
import { type Flag, isOn, number, oneOf, text, whole, wordOr } from "./flag.ts";

/** Where a net's loss is measured: slices through its landscape. */

/** The most points along an axis: a million of them take days, and a picture shows no more. */
const MOST_POINTS = 1001;

export const grid: Flag<readonly [columns: number, rows: number | undefined]> = {
  name: "grid",
  value: "<NxM>",
  group: "Landscape",
  kind: {
    allowed: `a number of points along each axis, from 2 to ${MOST_POINTS}, such as 25, or columns and rows, such as 51x31`,
    read: (given) => {
      const [, columns, rows] = /^(\d+)(?:[x×](\d+))?$/.exec(given.trim()) ?? [];
      const isCount = (count: string): boolean => Number(count) >= 2 && Number(count) <= MOST_POINTS;
      if (columns === undefined || !isCount(columns) || !isCount(rows ?? columns)) return undefined;
      return [Number(columns), rows === undefined ? undefined : Number(rows)];
    },
  },
  help: "points along each axis, or columns and rows of a plane, such as 51x31",
};
const finite = number("a number", () => true);
export const range: Flag<readonly [low: number, high: number]> = {
  name: "range",
  value: "<r|a:b>",
  group: "Landscape",
  kind: {
    allowed:
      "a number above 0, which stands for -r:r, or two with a colon between them, the smaller first, such as -0.5:1.5; at most a million, and not nearer to each other than a millionth of the larger",
    read: (given) => {
      const [low, high, ...more] = given.split(":").map((part) => finite.read(part));
      if (low === undefined || more.length > 0) return undefined;
      const [from, to] = given.includes(":") ? [low, high] : [-low, low];
      if (to === undefined) return undefined;
      const largest = Math.max(Math.abs(from), Math.abs(to));
      return largest <= 1e6 && to - from >= 1e-6 * largest && to > from ? [from, to] : undefined;
    },
  },
  help: "how far along each axis: 1 is -1:1",
};
export const line: Flag<boolean> = {
  name: "line",
  group: "Landscape",
  kind: isOn,
  help: "a line along the first direction instead of a plane",
};
const kinds = [
  "filter",
  "layer",
  "gaussian",
  "gradient",
  "hessian",
  "trajectory",
] as const satisfies readonly DirectionKind[];
export const directions: Flag<(typeof kinds)[number]> = {
  name: "directions",
  value: "<kind>",
  group: "Landscape",
  kind: oneOf(kinds),
  help:
    "filter: random, each filter as long as the net's; layer: the same by layers; gaussian: random, unscaled; gradient; hessian: " +
    "eigenvectors of the largest eigenvalues; trajectory: principal components of the way there (default: filter; of two or three nets the " +
    "line or the plane through them)",
};
export const connect: Flag<boolean> = {
  name: "connect",
  group: "Landscape",
  kind: isOn,
  help: "train a curve between two nets along which the loss stays low, as the first of them was trained, and show its plane",
};
export const measuredSplit: Flag<"train" | "test"> = {
  name: "split",
  value: "<set>",
  group: "Landscape",
  kind: oneOf(["train", "test"]),
  help: "the set on which loss and accuracy are measured: train or test",
};
export const measuredLimit: Flag<number | "all"> = {
  ...limit,
  value: "<n|all>",
  group: "Landscape",
  kind: wordOr("all", whole(1)),
  help: "measure on the first n examples of the training set, on n spread evenly over the test set, or on all",
};
export const directionSeed: Flag<number> = {
  name: "seed",
  value: "<n>",
  group: "Landscape",
  kind: whole(0),
  help: "seed of random directions",
};
export const batchNorm: Flag<"frozen" | "recomputed"> = {
  name: "batch-norm",
  value: "<how>",
  group: "Landscape",
  kind: oneOf(["frozen", "recomputed"]),
  help:
    "means and variances of batch normalisation: frozen, the net's own everywhere, or recomputed at each point from 1,000 training examples " +
    "(default: frozen; between nets always recomputed)",
};
export const measuringWorkers: Flag<number> = {
  ...workers,
  kind: whole(1),
  group: "Landscape",
  help: "worker threads that measure points in parallel, at most one for each core; results do not depend on it (default: one for each core)",
};
export const refine: Flag<number> = {
  name: "refine",
  value: "<rounds>",
  group: "Landscape",
  kind: whole(0, 6),
  help: "rounds in which rows and columns are put in where the surface bends: halfway to both neighbours of a point that differs by 5 % or more from the straight line between them",
};
export const pairs: Flag<number> = {
  name: "pairs",
  value: "<n>",
  group: "Landscape",
  kind: whole(1, 100),
  help: "how many pairs of random directions are compared, on at most 9 × 9 points each, or 81 of a line, to see how much the slice depends on them; 1 compares none",
};
export const curvature: Flag<number> = {
  name: "curvature",
  value: "<n>",
  group: "Landscape",
  kind: whole(2, 100),
  help:
    "map the Hessian's largest and smallest eigenvalue, too, over all parameters, at n × n points of the window, n on a line, on at most 256 " +
    "of the examples; the surface of the page can then be coloured by |λmin/λmax|",
};
export const beside: Flag<string> = {
  name: "beside",
  value: "<file>",
  group: "Landscape",
  kind: text,
  suggests: { paths: "files" },
  help: "draw the slice of this landscape.json beside this one in the file of --figure, with one scale of heights and colours",
};
export const trust: Flag<"all" | "slice"> = {
  name: "trust",
  value: "<how>",
  group: "Landscape",
  kind: oneOf(["all", "slice"]),
  help: "how far the slice can be trusted: all compares it with the gradient and the Hessian at the centre, with halves of the examples and with float64, too; slice only measures the slice",
};
