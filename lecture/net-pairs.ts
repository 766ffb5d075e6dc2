import type { Dataset } from "../src/data/index.ts";
import type { Device } from "../src/index.ts";
import { type LossLine, lossAlongLine, matchUnits } from "../src/landscape/index.ts";
import type { Model } from "../src/nn/index.ts";
import { adam } from "../src/optimizers/index.ts";
import type { NetObjective } from "../src/solvers/index.ts";
import { Engine, Training } from "../src/train/index.ts";
import { squaredDistance } from "./vectors.ts";

const training = { optimizer: adam({ lr: 3e-3 }), batchSize: 64, dtype: "f64" } as const;

/** How a net is trained. */
interface Plan {
  /** Determines the initial weights and the order of the examples. */
  readonly seed: number;
  /** The most passes over the training set. */
  readonly epochs: number;
  /** The loss over the validation set at which training ends. Default: none. */
  readonly until?: number;
}

/** The weights of a trained net. */
export async function trainedFrom(
  model: Model,
  data: Dataset,
  { seed, epochs, until }: Plan,
  device: Device,
): Promise<Float64Array> {
  const end = until === undefined ? {} : { target: { loss: until }, stopAtTarget: true };
  const run = new Training({ ...training, ...end, epochs, model, data, seed }, new Engine(device));
  for await (const _ of run);
  return Float64Array.from(run.state.w);
}

/** Losses at positions from 0 to 1 along a line. */
export interface Line {
  readonly positions: readonly number[];
  readonly losses: readonly number[];
}

/** The loss along the line between two nets as they are, and with the second one's units matched with the first one's. */
export interface Pair {
  readonly distances: readonly [before: number, after: number];
  /** The second distance as the matching itself reports it. */
  readonly distanceOfMatch: number;
  readonly before: LossLine;
  readonly after: LossLine;
}

/** What a pair is measured with. */
export const usual = { matchUnits, lossAlongLine };

export async function pairOf(
  model: Model,
  objective: NetObjective,
  a: Float64Array,
  b: Float64Array,
  { matchUnits, lossAlongLine } = usual,
): Promise<Pair> {
  const match = matchUnits(model, b, a);
  const from = (net: Float64Array): number => Math.sqrt(squaredDistance(net, a));
  return {
    distances: [from(b), from(match.w)],
    distanceOfMatch: match.distance,
    before: await lossAlongLine(objective, a, b),
    after: await lossAlongLine(objective, a, match.w),
  };
}

/** Each of some things with each that comes after it. */
export const pairsOf = <T>(things: readonly T[]): (readonly [T, T])[] =>
  things.flatMap((a, i) => things.slice(i + 1).map((b) => [a, b] as const));

const lineOf = ({ positions, losses }: LossLine): Line => ({ positions: [...positions], losses: [...losses] });

/** A pair as plain data. */
export const plain = (pair: Pair) => ({ ...pair, before: lineOf(pair.before), after: lineOf(pair.after) });

/** The most by which losses on a line are above the straight line between those at its ends: a barrier's definition. */
export const highest = ({ positions, losses }: Line): number =>
  Math.max(...losses.map((c, k) => c - (1 - positions[k]) * losses[0] - positions[k] * losses[losses.length - 1]));
