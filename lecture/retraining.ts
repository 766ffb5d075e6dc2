import { type Dataset, type Examples, type Source, sourceOf, type Vector } from "../src/data/index.ts";
import type { Device } from "../src/index.ts";
import type { Model } from "../src/nn/index.ts";
import type { Optimizer } from "../src/optimizers/index.ts";
import { Engine, type GradientSource, Training } from "../src/train/index.ts";

/** One net and its examples, to be trained many times. */
export interface Retraining {
  readonly model: Model;
  /** The data set that the examples are from. */
  readonly data: Pick<Dataset, "name" | "inputShape" | "outputs" | "task">;
  /** The examples of an epoch, from 0: always the same, or with noise that is drawn anew. */
  readonly examples: (epoch: number) => Examples;
  readonly batchSize: number;
  /** Passes over the examples in each run. */
  readonly epochs: number;
}

/** The result of a run. */
export interface Trained {
  /** The mean loss of each epoch's batches as they came, while w moved. A run that diverges ends with Infinity. */
  readonly losses: readonly number[];
  /** The loss over all examples after the last step; Infinity where the run diverged. */
  readonly finalLoss: number;
  /** The last weights, of a run that diverged the last finite ones: a copy. */
  readonly w: Vector;
}

/** Trains the net anew: initial weights and order of examples follow from the seed. */
export type Train = (optimizer: Optimizer, seed: number) => Promise<Trained>;

/**
 * Many runs of one net, one after the other, in one memory and with programs that are compiled once: compiling takes as
 * long as the few hundred steps of a small net. In float32.
 */
export async function retraining<T>(
  { model, data, examples, batchSize, epochs }: Retraining,
  device: Device,
  work: (train: Train) => Promise<T>,
): Promise<T> {
  const engine = new Engine(device);
  const sourceAt = sourceByEpoch(examples);
  const { count, ...source } = sourceAt(0);
  const size = Math.min(batchSize, count);
  const first = { ...source, count, gather: (...to: Parameters<Source["gather"]>) => sourceAt(0).gather(...to) };
  // The loss after each epoch is not needed here: one example takes the least time.
  const parts = { train: first, validation: { ...first, count: 1 }, test: first };
  const run = { model, data: { ...data, ...parts }, batchSize: size, epochs, dropLast: true };
  const lent = renewing(engine, sourceAt, Math.floor(count / size));
  try {
    return await work((optimizer, seed) => resultOf(new Training({ ...run, optimizer, seed }, lent), epochs));
  } finally {
    await engine.dispose();
  }
}

/** The examples of an epoch, made when it begins. */
function sourceByEpoch(examples: Retraining["examples"]): (epoch: number) => Source {
  let latest: { readonly epoch: number; readonly source: Source } | undefined;
  return (epoch) => {
    if (latest?.epoch !== epoch) latest = { epoch, source: sourceOf(examples(epoch)) };
    return latest.source;
  };
}

/** An engine for one run after another, which takes the batches of each epoch from the examples of that epoch. */
function renewing(engine: Engine, sourceAt: (epoch: number) => Source, batchesPerEpoch: number): GradientSource {
  const lent = engine.lend();
  const epochOf = (step: number): number => Math.floor((step - 1) / batchesPerEpoch);
  return {
    ...lent,
    gradient: (_, indices, turn) => lent.gradient(sourceAt(epochOf(turn.step)), indices, turn),
  };
}

async function resultOf(training: Training, epochs: number): Promise<Trained> {
  const losses: number[] = [];
  let finalLoss = Number.POSITIVE_INFINITY;
  for await (const event of training) {
    if (event.kind === "epoch") losses.push(event.train.loss);
    if (event.kind === "end" && event.outcome.kind !== "diverged") finalLoss = event.test.loss;
  }
  const { epoch, w } = training.state;
  // An epoch in which a run diverged is reported, too, by the batches before.
  const whole = losses.slice(0, epoch);
  return { losses: epoch < epochs ? [...whole, Number.POSITIVE_INFINITY] : whole, finalLoss, w: w.slice() };
}

/** The results of `work` for each, one after the other, as runs must be that share one memory. */
export async function inTurn<T, R>(things: Iterable<T>, work: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const thing of things) results.push(await work(thing));
  return results;
}
