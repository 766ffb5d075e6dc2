import { type Examples, samplers, sourceOf } from "../data/index.ts";
import type { Device } from "../device/device.ts";
import type { Vector } from "../expr/array.ts";
import { initialize, type Model } from "../nn/index.ts";
import { Engine } from "../objective/index.ts";
import { RunningMean } from "../objective/net/running-mean.ts";
import type { Optimizer } from "../optimizers/index.ts";

/** One net and its examples, to be trained many times. */
export interface Retraining {
  readonly model: Model;
  /** The examples of an epoch, from 0: always the same, or with noise that is drawn anew. */
  readonly examples: (epoch: number) => Examples;
  readonly batchSize: number;
  /** Passes over the examples in each run. */
  readonly epochs: number;
}

/** What became of a run. */
export interface Trained {
  /** The mean cost of each epoch's batches as they came, while w moved. A run that leaves the finite numbers ends with Infinity. */
  readonly costs: readonly number[];
  /** The cost over all examples after the last step; Infinity where the run left the finite numbers. */
  readonly finalCost: number;
  /** The last weights: a copy. */
  readonly w: Vector;
}

/** Trains the net anew: first weights and order of examples follow from the seed. */
export type Train = (optimizer: Optimizer, seed: number) => Promise<Trained>;

/**
 * Many runs of one net, one after the other, in one memory and with programs that are compiled once: compiling takes as
 * long as the few hundred steps of a small net. In float32.
 */
export async function retraining<T>(
  { model, examples, batchSize, epochs }: Retraining,
  device: Device,
  work: (train: Train) => Promise<T>,
): Promise<T> {
  const { count, targetSize } = sourceOf(examples(0));
  const size = Math.min(batchSize, count);
  const plan = { model, targetSize, dtype: "f32", batchSize: size } as const;
  const engine = new Engine(device);

  const train: Train = async (optimizer, seed) => {
    checkPlain(optimizer);
    const { w, g, s, nextS, arena, layout, vector } = engine.begin({ ...plan, vectors: optimizer.slots.length });
    initialize(model, w, seed);
    const state = optimizer.init(w, vector);
    const step = optimizer.bind(w, g, state, { layout, arena, spare: g });
    const order = samplers.shuffled({ count, batchSize: size, seed, dropLast: true });
    const costs: number[] = [];
    while (costs.length < epochs && costs.at(-1) !== Number.POSITIVE_INFINITY) {
      const mean = new RunningMean();
      const now = sourceOf(examples(costs.length));
      for (const indices of order.batches(costs.length)) {
        const result = await engine.gradient(now, indices, { step: state.t + 1 });
        mean.add(result, indices.length);
        if (!Number.isFinite(result.loss)) break;
        step();
        s.set(nextS);
      }
      costs.push(finite(mean.value().loss));
    }
    const { loss } = await engine.evaluate(sourceOf(examples(0)));
    return { costs, finalCost: finite(loss), w: w.slice() };
  };

  try {
    return await work(train);
  } finally {
    await engine.dispose();
  }
}

/** The optimizers of the lecture are: their gradient is taken at w, and w is what they are judged by. */
function checkPlain({ name, lookahead, average }: Optimizer): void {
  if (lookahead !== undefined || average !== undefined)
    throw new RangeError(`${name} looks ahead or averages its weights; use Training`);
}

const finite = (cost: number): number => (Number.isFinite(cost) ? cost : Number.POSITIVE_INFINITY);

/** What `work` makes of each, one after the other, as runs that share one memory must be. */
export async function inTurn<T, R>(things: Iterable<T>, work: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const thing of things) results.push(await work(thing));
  return results;
}
