import type { Device } from "../src/index.ts";
import type { sharpness as sharpnessOf } from "../src/landscape/index.ts";
import type { Optimizer } from "../src/optimizers/index.ts";
import { extremeEigenvaluesAsync } from "../src/solvers/index.ts";
import { type Sharpness, sharpnessAt, withObjective } from "./curvature.ts";
import { fullBatchSteps, type Task } from "./full-batch.ts";
import { dot } from "./vectors.ts";

/** Steps between two measurements of curvature: odd, since at the edge steps go to and fro. */
export const EVERY = 35;

/** How a net's sharpness, λmax of the Hessian, changes while gradient descent trains it on all examples. */
export interface Sharpening {
  /** The loss before each step. */
  readonly losses: readonly number[];
  /** Steps taken before each measurement. */
  readonly at: readonly number[];
  readonly sharpness: readonly number[];
  /** At each measurement: the length of the step over that of the gradient, along the gradient. */
  readonly stepsOverGradients: readonly number[];
  /** The last sharpness found from nothing, and the curvature along its vector by differences of gradients. */
  readonly anew: Sharpness;
  /** Where the weights are along the sharpest direction, step by step, for a while. */
  readonly across: readonly number[];
}

/** Trains a net by gradient descent, and looks at its curvature on the way. */
export interface SharpeningRun {
  readonly optimizer: Optimizer;
  readonly steps: number;
  readonly seed: number;
  /** Steps at which the walk across the valley is watched: the first, and one past the last. */
  readonly watched?: readonly [from: number, to: number];
}

export function sharpening(
  task: Task,
  { watched: [from, to] = [0, 0], ...run }: SharpeningRun,
  device: Device,
  sharpest: typeof sharpnessOf,
): Promise<Sharpening> {
  return withObjective({ ...task, device, dtype: "f32" }, async (objective) => {
    const [losses, at, sharpness, stepsOverGradients, across]: number[][] = [[], [], [], [], []];
    let vector: Float64Array | undefined;
    let last: Float64Array | undefined;
    let valley: { readonly w: Float64Array; readonly v: Float64Array } | undefined;
    for await (const { taken, loss, w, g, next } of fullBatchSteps(task, run, device)) {
      losses.push(loss);
      if (taken % EVERY === 0) {
        const found = await sharpest(objective, w, startAt(vector));
        vector = found.vector;
        last = w;
        at.push(taken);
        sharpness.push(found.value);
        stepsOverGradients.push(dot(differenceOf(w, next), g) / dot(g, g));
        if (taken === from) valley = { w, v: vector };
      }
      if (valley !== undefined && taken < to) across.push(dot(differenceOf(w, valley.w), valley.v));
    }
    if (last === undefined) throw new Error("a run without steps has no sharpness");
    const anew = await anewAt(task, last, device);
    return { losses, at, sharpness, stepsOverGradients, anew, across };
  });
}

/** The sharpness found from nothing in float64, which differences of gradients need. */
const anewAt = (task: Task, w: Float64Array, device: Device): Promise<Sharpness> =>
  withObjective({ ...task, device }, (objective) => sharpnessAt(objective, w, extremeEigenvaluesAsync));

/** The eigenvector of the measurement before, if there is one: the next is near it. */
export const startAt = (vector: Float64Array | undefined) => (vector === undefined ? {} : { start: vector });

const differenceOf = (a: Float64Array, b: Float64Array): Float64Array => a.map((x, i) => x - b[i]);

/** The share of steps, from the given one on, after which the loss is higher than before. */
export function risingShare({ losses }: Pick<Sharpening, "losses">, from = 0): number {
  const later = losses.slice(from);
  return later.filter((loss, i) => i > 0 && loss > later[i - 1]).length / Math.max(1, later.length - 1);
}

/** The values measured from a step on. */
export const lateValues = (at: readonly number[], values: readonly number[], from: number): number[] =>
  values.filter((_, k) => at[k] >= from);
