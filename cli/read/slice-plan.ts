import { type Dataset, type Examples, firstExamples, spreadExamples } from "../../src/data/index.ts";
import type { Device } from "../../src/device/index.ts";
import { dtypeOf } from "../../src/expr/index.ts";
import { DataError } from "../../src/files/index.ts";
import {
  between,
  type Direction,
  evenGrid,
  evenLine,
  type Grid,
  gradientDirection,
  hessianDirections,
  type Interval,
  type RandomKind,
  randomDirection,
  scaledTo,
  throughThree,
} from "../../src/landscape/index.ts";
import { layoutOf, type Model, modelToJson } from "../../src/nn/index.ts";
import { NetObjective } from "../../src/objective/index.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Settings } from "../settings.ts";
import type { SourceRun } from "./source-run.ts";

/** Whether means and variances are frozen, or where they are measured anew. */
export type Normalization = "frozen" | { readonly examples: Examples };

/** What of a slice the command line decides, before anything is computed. */
export interface SliceShape {
  readonly kind: Direction["facts"]["kind"];
  readonly grid: Grid;
  readonly isLine: boolean;
}

/** Whether directions are drawn at random. */
export const isRandom = (kind: SliceShape["kind"]): kind is RandomKind =>
  kind === "filter" || kind === "layer" || kind === "gaussian";

/** The range between nets, and elsewhere. */
const [BETWEEN, AROUND]: readonly Interval[] = [
  [-0.5, 1.5],
  [-1, 1],
];

/** Points along each axis of a plane, and along a line; between nets such that both are among them. */
const [OF_PLANE, OF_LINE, OF_LINE_BETWEEN] = [25, 51, 41];

/** Reads the grid and the kind of directions. Throws a UsageError for flags that contradict each other. */
export function sliceShape(settings: Settings, runs: readonly SourceRun[]): SliceShape {
  const [columns, rows] = settings.get(flags.grid) ?? [undefined, undefined];
  const named = settings.get(flags.directions);
  const isJourney = named === "trajectory";
  const isBetween = runs.length > 1 && !isJourney;
  if (isBetween && runs.length > 3)
    throw new UsageError(`${runs.length} runs do not lie in a plane; give one, two or three`);
  if (isBetween && named !== undefined)
    throw new UsageError(`--directions ${named}: ${runs.length} runs decide the directions; leave the flag out`);
  const kind = isBetween ? "between" : (named ?? "filter");
  const wantsLine = settings.get(flags.line) === true;
  if (wantsLine && rows !== undefined)
    throw new UsageError(
      `--grid ${columns}x${rows}: a line has no rows; give the number of points, or leave --line out`,
    );
  if (wantsLine && isBetween && runs.length > 2)
    throw new UsageError("--line: three runs make a plane; give two, or leave the flag out");
  const isCurve = settings.get(flags.connect) === true;
  const isLine = wantsLine || (isBetween && runs.length === 2 && rows === undefined && !isCurve);
  const x = settings.get(flags.range) ?? (isBetween ? BETWEEN : AROUND);
  const grid = isLine
    ? evenLine({ x, columns: columns ?? (isBetween ? OF_LINE_BETWEEN : OF_LINE) })
    : evenGrid({ x, columns: columns ?? OF_PLANE, ...(rows !== undefined && { rows }) });
  return { kind, grid, isLine };
}

/** Throws a DataError unless the nets have the same layers, so that their weights lie in one space. */
export function checkAlike([first, ...others]: readonly SourceRun[]): void {
  for (const other of others) {
    const words = differenceOf(first.net.model, other.net.model);
    if (words === undefined) continue;
    throw new DataError(
      other.path,
      `its net is another than that of ${first.path}: ${words}`,
      "give runs of one model",
    );
  }
}

function differenceOf(a: Model, b: Model): string | undefined {
  const [first, second] = [a, b].map((model) => layoutOf(model));
  if (first.length !== second.length) return `${second.length} tensors here, ${first.length} there`;
  const at = first.findIndex(({ name, shape }, i) => name !== second[i].name || `${shape}` !== `${second[i].shape}`);
  if (at >= 0) {
    const [there, here] = [first[at], second[at]].map(({ name, shape }) => `${name} of ${shape.join(" × ")}`);
    return `${here} here, ${there} there`;
  }
  const [one, two] = [a, b].map((model) => JSON.stringify({ ...modelToJson(model), name: undefined }));
  return one === two ? undefined : "other activations, losses or options of layers";
}

/** Examples from which batch normalisation is measured anew. */
const MEASURED = 1000;

/** How batch normalisation is treated. Throws a UsageError where frozen means would mislead. */
export async function normalizationIn(
  settings: Settings,
  runs: readonly SourceRun[],
  data: Dataset,
): Promise<Normalization> {
  const asked = settings.get(flags.batchNorm);
  const [{ net }] = runs;
  if (net.model.state.length === 0) {
    if (asked === "recomputed")
      throw new UsageError(`--batch-norm recomputed: ${net.model.name} has no batch normalisation; leave the flag out`);
    return "frozen";
  }
  if (runs.length > 1 && asked === "frozen")
    throw new UsageError(
      "--batch-norm frozen: between two nets the means and variances of one of them make barriers that are not there; leave the flag out",
    );
  if (runs.length === 1 && asked !== "recomputed") return "frozen";
  if (settings.get(flags.curvature) !== undefined)
    throw new UsageError(
      "--curvature: where batch normalisation is measured anew at each point, as between nets, the Hessian of the loss is not known; leave the flag out",
    );
  return { examples: await firstExamples(data.train, MEASURED) };
}

/**
 * The examples on which the slice is measured: of the training set, which is in random order, the first; of the test set, whose classes
 * may come one after the other, some that are spread evenly over it.
 */
export async function examplesIn(settings: Settings, data: Dataset): Promise<Examples> {
  const split = settings.value(flags.measuredSplit);
  const limit = settings.value(flags.measuredLimit);
  const set = data[split];
  if (set.count === 0)
    throw new DataError(data.name, `it has no ${split} set`, `give --split ${split === "test" ? "train" : "test"}`);
  if (limit === "all") return set;
  return split === "train" ? firstExamples(set, limit) : spreadExamples(set, limit);
}

/**
 * The loss of guessing, below which a basin lies: ln of the number of classes; of numbers, that of always predicting their mean, 1 where
 * targets are standardised.
 */
export function levelOf({ task, classes, train: { targets }, targetStandardization }: Dataset): number {
  if (task === "classification") return Math.log(classes.length);
  if (targetStandardization !== undefined) return 1;
  const values = Array.from(targets);
  const mean = values.reduce((sum, y) => sum + y, 0) / values.length;
  return values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / values.length;
}

/** Examples whose Hessian-vector products are computed at a time, which bounds their memory. */
export const HESSIAN_CHUNK = 128;

/** The most examples for a Hessian, whose products take long, and for what rounding does. */
export const [HESSIAN_EXAMPLES, FLOAT64_EXAMPLES] = [256, 64];

/** At most so many of the slice's examples: the first of a training set, spread evenly over a test set. */
export const fewExamples = (settings: Settings, examples: Examples, most: number): Promise<Examples> =>
  settings.value(flags.measuredSplit) === "train" ? firstExamples(examples, most) : spreadExamples(examples, most);

/** Tells how many examples something was computed on, where it was not all of the slice's. */
export const fewerThan = ({ count: all }: Examples, { count }: Examples): { readonly examples?: number } =>
  count < all ? { examples: count } : {};

/** What directions are made of. */
interface Around {
  readonly shape: SliceShape;
  readonly runs: readonly SourceRun[];
  readonly examples: Examples;
  readonly device: Device;
  readonly seed: number;
}

/** The slice's directions: one of a line, two of a plane. */
export async function directionsFor(around: Around): Promise<Direction[]> {
  const { shape, runs, seed } = around;
  const [{ net }, ...others] = runs;
  const { model, w } = net;
  const all = others.length > 0 ? throughNets(runs) : await aroundOne(around);
  const count = shape.isLine ? 1 : 2;
  if (all.length >= count) return all.slice(0, count);
  // What is along one axis only gets a random direction for the other.
  const [x] = all;
  return [x, asLongAs(x, randomDirection(model, w, "filter", { seed, index: 1 }))];
}

/** The other direction at the length of the first, so that both axes have one scale. */
const asLongAs = ({ facts: { length } }: Direction, { facts, vector }: Direction): Direction => ({
  facts: { ...facts, length, label: `${facts.label}; then as long as x` },
  vector: scaledTo(vector, length),
});

function throughNets([a, b, c]: readonly SourceRun[]): Direction[] {
  if (c === undefined) return [between(a.net.w, b.net.w)];
  const { x, y } = throughThree(a.net.w, b.net.w, c.net.w);
  return [x, y];
}

async function aroundOne({ shape: { kind }, runs: [{ net }], examples, device, seed }: Around): Promise<Direction[]> {
  const { model, w } = net;
  if (isRandom(kind)) return [0, 1].map((index) => randomDirection(model, w, kind, { seed, index }));
  const objective = new NetObjective({
    model,
    examples,
    device,
    dtype: dtypeOf(w),
    state: net.s,
    chunk: HESSIAN_CHUNK,
  });
  try {
    const at = Float64Array.from(w);
    return kind === "hessian" ? await hessianDirections(objective, at) : [await gradientDirection(objective, at)];
  } finally {
    await objective.dispose();
  }
}
