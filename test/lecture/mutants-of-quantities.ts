import { bendOf } from "../../lecture/convexity.ts";
import { barrier } from "../../lecture/experiments/barrier.ts";
import { barrierWidth } from "../../lecture/experiments/barrier-width.ts";
import { batchMemory } from "../../lecture/experiments/batch-memory.ts";
import { batchSize, rising, stepsPerEpoch } from "../../lecture/experiments/batch-size.ts";
import { biasCorrection } from "../../lecture/experiments/bias-correction.ts";
import { criticalPoints, heightsAround } from "../../lecture/experiments/critical-points.ts";
import { swappedUnits } from "../../lecture/experiments/swapped-units.ts";
import { weightedAverages } from "../../lecture/experiments/weighted-averages.ts";
import { ewaOf, ewaWeights, windowOf } from "../../src/averages/index.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { barrier as barrierOf, lossAlongLine, matchUnits, rearrange } from "../../src/landscape/index.ts";
import { extremeEigenvaluesLater, criticalPoints as search } from "../../src/solvers/index.ts";
import { largestBatch, type TrainingMemory, trainingMemory } from "../../src/train/index.ts";
import { digits, type Mutants, mutantsOf } from "./mutants.ts";
import { faults, inPlaceOf } from "./mutants-of-rules.ts";

type Extremes = typeof extremeEigenvaluesLater;

const scaled =
  (factor: number): Extremes =>
  async (...args) => {
    const { largest, smallest, products } = await extremeEigenvaluesLater(...args);
    const of = (pairs: typeof largest) => pairs.map((pair) => ({ ...pair, value: factor * pair.value }));
    return { largest: of(largest), smallest: of(smallest), products };
  };

const exchanged: Extremes = async (...args) => {
  const { largest, smallest, products } = await extremeEigenvaluesLater(...args);
  return { largest: smallest, smallest: largest, products };
};

const scaledLine =
  (factor: number): typeof lossAlongLine =>
  async (...args) => {
    const line = await lossAlongLine(...args);
    return { ...line, losses: line.losses.map((loss) => factor * loss) };
  };

const memory =
  (change: (right: TrainingMemory) => Partial<TrainingMemory>): typeof trainingMemory =>
  (options) => {
    const right = trainingMemory(options);
    return { ...right, ...change(right) };
  };

/** Fewer examples, for shorter runs. */
const few = { ...digits, data: () => loadDataset("digits", { limit: 400 }) };

/** Weights and biases of twelve hidden units, each with 64 inputs: they come before all others. */
const INCOMING = 65 * 12;

const times = (factor: number, x: Float64Array): Float64Array => x.map((value) => factor * value);

/** Experiments about curvature, landscapes, memory and averages. */
export const mutantsOfQuantities: readonly Mutants[] = [
  mutantsOf(criticalPoints, {
    "eigenvalues off by 1 %": {
      search: (surface) => {
        const found = search(surface);
        return {
          ...found,
          points: found.points.map((p) => ({ ...p, eigenvalues: p.eigenvalues.map((x) => 1.01 * x) })),
        };
      },
    },
    "a search that misses one": {
      search: (surface) => {
        const found = search(surface);
        return { ...found, points: found.points.slice(1) };
      },
    },
    "heights of the wrong sign": { heights: (f, at) => heightsAround(f, at).map((height) => -height) },
    "curvatures of the wrong sign": {
      bend: (surface) => {
        const { leastCurvature, greatestCurvature, ...chords } = bendOf(surface);
        return { ...chords, leastCurvature: -greatestCurvature, greatestCurvature: -leastCurvature };
      },
    },
    "curvatures off by 1 %": {
      bend: (surface) => ({ ...bendOf(surface), greatestCurvature: 1.01 * bendOf(surface).greatestCurvature }),
    },
    "chords that are always above": { bend: (surface) => ({ ...bendOf(surface), shareBelowSurface: 0 }) },
  }),
  mutantsOf(
    swappedUnits,
    {
      "signs of outgoing weights are forgotten": {
        rearrange: (model, w, layers) => {
          const [signed, unsigned] = [layers, layers.map(({ from }) => ({ from }))].map((how) =>
            rearrange(model, w, how),
          );
          return signed.map((x, i) => (i < INCOMING ? x : unsigned[i]));
        },
      },
      "outgoing weights are forgotten": {
        rearrange: (model, w, layers) => {
          const moved = rearrange(model, w, layers);
          return Float64Array.from(w, (x, i) => (i < INCOMING ? moved[i] : x));
        },
      },
      "n! minima": { equalPoints: () => 479_001_600n },
      "a loss of 1.001 times the right one": { lossAlongLine: scaledLine(1.001) },
      "eigenvalues off by 1 %": { extremes: scaled(1.01) },
      "the largest eigenvalue for the smallest": { extremes: exchanged },
    },
    { examples: 200 },
  ),
  mutantsOf(
    barrier,
    {
      "units are not matched": { matchUnits: (_, w) => ({ ...matchUnits(_, w, w), w: Float64Array.from(w) }) },
      "signs are not matched": {
        matchUnits: (model, w, target) => {
          const { layers, ...match } = matchUnits(model, w, target);
          return {
            ...match,
            layers,
            w: rearrange(
              model,
              w,
              layers.map(({ from }) => ({ from })),
            ),
          };
        },
      },
      "distances off by 1 %": {
        matchUnits: (...args) => {
          const match = matchUnits(...args);
          return { ...match, distance: 1.01 * match.distance };
        },
      },
      "a barrier of 1.001 times the right one": { barrierOf: (line) => 1.001 * barrierOf(line) },
      "a barrier above 0 and not above the ends": { barrierOf: ({ losses }) => Math.max(...losses) },
      "a loss of 1.001 times the right one": { lossAlongLine: scaledLine(1.001) },
    },
    { seeds: [1, 2], epochs: 10 },
  ),
  mutantsOf(
    barrierWidth,
    {
      "units are not matched": { matchUnits: (_, w) => ({ ...matchUnits(_, w, w), w: Float64Array.from(w) }) },
      "units are matched with those of another net": {
        matchUnits: (model, w, target) => matchUnits(model, w, target.toReversed()),
      },
      "distances off by 1 %": {
        matchUnits: (...args) => {
          const match = matchUnits(...args);
          return { ...match, distance: 1.01 * match.distance };
        },
      },
      "a barrier of 1.001 times the right one": { barrierOf: (line) => 1.001 * barrierOf(line) },
      "a loss of 1.001 times the right one": { lossAlongLine: scaledLine(1.001) },
      "widths that hardly grow": { widths: [64, 65] },
    },
    { widths: [16, 64], seeds: [1, 2] },
  ),
  mutantsOf(
    batchSize,
    {
      ...inPlaceOf("rule", faults.descent),
      "eigenvalues off by 1 %": { extremes: scaled(0.99) },
      "steps without the last batch": {
        steps: (count, size) => [stepsPerEpoch(count, size)[1], stepsPerEpoch(count, size)[1]],
      },
      "falls counted as rises": { rising: (losses) => 1 - rising(losses) },
    },
    {},
    few,
  ),
  mutantsOf(batchMemory, {
    "activations that do not grow": { trainingMemory: memory(() => ({ activations: 8080 })) },
    "gradients of half the size": { trainingMemory: memory(({ gradients }) => ({ gradients: gradients / 2 })) },
    "a total off by 1 %": { trainingMemory: memory(({ total }) => ({ total: 1.01 * total })) },
    "a total without the gradients": {
      trainingMemory: memory(({ total, gradients }) => ({ total: total - gradients })),
    },
    "an optimizer without a state": { trainingMemory: memory(() => ({ optimizer: 0 })) },
    "a batch one too large": { largestBatch: (...args) => largestBatch(...args) + 1 },
  }),
  mutantsOf(weightedAverages, {
    "an average of 1.001 times the right one": { ewaOf: (...args) => times(1.001, ewaOf(...args)) },
    "another β": { ewaOf: (x, { beta, ...rest }) => ewaOf(x, { beta: beta ** 1.01, ...rest }) },
    "never corrected": { ewaOf: (x, options) => ewaOf(x, { ...options, corrected: false }) },
    "a window twice as long": { windowOf: (beta) => 2 * windowOf(beta) },
    "a lag as long as the window": { lagOf: windowOf },
    "weights in reverse": { ewaWeights: (...args) => ewaWeights(...args).reverse() },
  }),
  mutantsOf(biasCorrection, {
    "an average of 1.001 times the right one": { ewaOf: (...args) => times(1.001, ewaOf(...args)) },
    "never corrected": { ewaOf: (x, options) => ewaOf(x, { ...options, corrected: false }) },
    "t + 1 in the correction": {
      ewaOf: (x, { beta, corrected = true }) =>
        ewaOf(x, { beta, corrected: false }).map((v, i) => (corrected ? v / (1 - beta ** (i + 2)) : v)),
    },
    "a correction of the first day only": {
      ewaOf: (x, options) => {
        const plain = ewaOf(x, { ...options, corrected: false });
        return plain.map((v, i) => (i === 0 ? ewaOf(x, options)[0] : v));
      },
    },
  }),
];
