import { checkNumber, type Domain, domains } from "../arguments/index.ts";
import { Random } from "../random/index.ts";

/**
 * The size and the order of a sampler's batches. The functions that take these options throw a RangeError for a count
 * or size below 1.
 */
export interface SamplerOptions {
  /** The number of examples. */
  readonly count: number;
  /**
   * Examples in a batch: 1 is stochastic gradient descent, "full" is gradient descent. A size above `count` means all
   * of them.
   */
  readonly batchSize: number | "full";
  /** Determines every order; not used by `sequential`. Default 0. */
  readonly seed?: number;
  /** Whether to leave out an epoch's last batch if it is smaller. Default: false. */
  readonly dropLast?: boolean;
}

/** A position in training: the next batch. */
export interface Position {
  /** From 0. */
  readonly epoch: number;
  /** Within the epoch, from 0. */
  readonly batch: number;
}

/**
 * Divides the examples of an epoch into batches: a pure function of seed, epoch and batch number. There is no state but
 * the position, so a resumed run takes exactly the batches that an uninterrupted one would have taken.
 */
export interface Sampler {
  /** Examples in a batch; the epoch's last one may have fewer. */
  readonly batchSize: number;
  /** Steps in an epoch. */
  readonly batchesPerEpoch: number;
  /** The examples of an epoch (from 0), in order. */
  epoch(epoch: number): Uint32Array;
  /** The batches of an epoch, starting from the given one: views of its order. */
  batches(epoch: number, from?: number): Generator<Uint32Array>;
}

/** Takes every example once per epoch, in a new random order each epoch. */
export function shuffled(options: SamplerOptions): Sampler {
  const random = new Random(options.seed ?? 0, "shuffled");
  return sampler(options, (epoch) => random.fork(epoch).permutation(options.count));
}

/** Draws each example of each batch from all examples, with replacement: the independent samples of theory. */
export function withReplacement(options: SamplerOptions): Sampler {
  const random = new Random(options.seed ?? 0, "with replacement");
  return sampler(options, (epoch) => {
    const draws = random.fork(epoch);
    return new Uint32Array(options.count).map(() => draws.integer(options.count));
  });
}

/** Takes the examples in the order of the data, in every epoch. */
export function sequential(options: SamplerOptions): Sampler {
  return sampler(options, () => new Uint32Array(options.count).map((_, i) => i));
}

/** The samplers by the names that options use. */
export const samplers = {
  /** Takes every example once per epoch, in a new random order each epoch. */
  shuffled,
  /** Draws each example independently of the others, with replacement. */
  withReplacement,
  /** Takes the examples in the order of the data, in every epoch. */
  sequential,
} as const;

const batch: Domain = { ...domains.count, words: `${domains.count.words}, or "full"` };

function sampler(options: SamplerOptions, order: (epoch: number) => Uint32Array): Sampler {
  const { count, dropLast = false } = options;
  checkNumber("count", count, domains.count);
  const wanted = options.batchSize === "full" ? count : options.batchSize;
  checkNumber("batchSize", wanted, batch);
  if (dropLast && wanted > count) {
    throw new RangeError(`no batch is left of ${count} examples: batchSize is ${wanted} and dropLast is set`);
  }
  const batchSize = Math.min(wanted, count);
  const batchesPerEpoch = dropLast ? Math.floor(count / batchSize) : Math.ceil(count / batchSize);
  const used = Math.min(count, batchesPerEpoch * batchSize);
  const epoch = (number: number) => order(number).subarray(0, used);
  function* batches(number: number, from = 0): Generator<Uint32Array> {
    const examples = epoch(number);
    for (let start = from * batchSize; start < used; start += batchSize) {
      yield examples.subarray(start, Math.min(start + batchSize, used));
    }
  }
  return { batchSize, batchesPerEpoch, epoch, batches };
}
