import { type Examples, type Source, sourceOf } from "../../data/index.ts";
import { bits32 } from "../../random/index.ts";

/** Two sums over the values of a training set. Other data, or the same prepared in another way, have others. */
export interface DataSketch {
  /** Σ|x| */
  readonly magnitude: number;
  /** Σ±x, with a random sign for each place (Alon, Matias & Szegedy 1996), so that values in another order are noticed, too. */
  readonly signed: number;
}

/** The values that are read: all, or as many of the examples, evenly spread, as hold them. */
const MOST_VALUES = 2 ** 20;

/** Above what sines and logarithms differ by from one JavaScript engine to the next, below what one other label among millions makes. */
const TOLERANCE = 1e-7;

/** The sketch of inputs and targets; undefined for a source that is not at hand, since reading it takes time. */
export function sketchOf(examples: Examples | Source): DataSketch | undefined {
  if (!("inputs" in examples) || examples.count === 0) return undefined;
  const source = sourceOf(examples);
  const { count, inputSize, targetSize } = source;
  const rows = Math.min(count, Math.max(1, Math.floor(MOST_VALUES / (inputSize + targetSize))));
  const chosen = Uint32Array.from({ length: rows }, (_, i) => Math.floor((i * count) / rows));
  const [inputs, targets] = [inputSize, targetSize].map((size) => new Float64Array(rows * size));
  const reading = source.gather(chosen, inputs, targets);
  if (reading === undefined) return sumsOf([inputs, targets]);
  reading.catch(() => undefined);
  return undefined;
}

function sumsOf(vectors: readonly Float64Array[]): DataSketch {
  let [magnitude, signed] = [0, 0];
  for (const [key, vector] of vectors.entries())
    for (const [i, x] of vector.entries()) {
      magnitude += Math.abs(x);
      signed += bits32(key, i) % 2 === 0 ? x : -x;
    }
  return { magnitude, signed };
}

/** Whether the data differ for sure. */
export const differ = (a: DataSketch, b: DataSketch): boolean =>
  [a.magnitude - b.magnitude, a.signed - b.signed].some(
    (difference) => Math.abs(difference) > TOLERANCE * Math.max(a.magnitude, b.magnitude),
  );
