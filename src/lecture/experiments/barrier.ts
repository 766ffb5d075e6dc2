import { buildModel } from "../../compare/index.ts";
import type { Dataset } from "../../data/index.ts";
import { band, type Figure, figure, line, type Panel, panel } from "../../figure/index.ts";
import {
  barrier as barrierOf,
  type CostLine,
  costAlongLine,
  drawRearrangements,
  matchUnits,
  rearrange,
} from "../../landscape/index.ts";
import type { Model } from "../../nn/index.ts";
import { adam } from "../../optimizers/index.ts";
import { Random } from "../../random/index.ts";
import { NetObjective } from "../../solvers/index.ts";
import { type Means, Training } from "../../train/index.ts";
import type { Experiment, Findings } from "../experiment.ts";
import { firstExamples } from "../small-net.ts";

const HIDDEN = 32;
const EXAMPLES = 1200;
/** Nets that are trained apart: with other first weights, and another order of the examples. */
const SEEDS = [1, 2, 3, 4];
const training = { optimizer: adam({ lr: 3e-3 }), batchSize: 64, epochs: 20, dtype: "f64" } as const;

/**
 * The line is that of Goodfellow, Vinyals & Saxe 2015; that matching units takes most of the barrier away was conjectured by
 * Entezari, Sedghi, Saukh & Neyshabur 2022 and shown for wide nets by Ainsworth, Hayase & Srinivasa 2023 (Git Re-Basin).
 */
export const barrier: Experiment = {
  id: "barrier",
  title: "The barrier between equal nets, and how it goes away",
  claim:
    "On the straight line between two nets that are as good stands a barrier; when their hidden units are matched it is gone between a net and its rearranged copy, and lower between nets trained apart.",
  run: async (given) => {
    const data = await given.data();
    const means = await given.means();
    const train = firstExamples(data, EXAMPLES, 2);
    const model = buildModel({ hidden: [HIDDEN], activation: "tanh", dropout: 0 }, data);
    const nets: Float64Array[] = [];
    for (const seed of SEEDS) nets.push(await trained(model, { ...data, train }, seed, means));
    const cost = new NetObjective({ model, examples: train, compute: means.backend });
    try {
      return await findings(model, nets, cost);
    } finally {
      await cost.dispose();
    }
  },
};

async function trained(model: Model, data: Dataset, seed: number, means: Means): Promise<Float64Array> {
  const run = new Training({ ...training, model, data, seed }, means);
  for await (const _ of run);
  return Float64Array.from(run.state.w);
}

/** The line between two nets as they are, and after the second one's units are matched with the first one's. */
export interface Pair {
  readonly distances: readonly [before: number, after: number];
  readonly before: CostLine;
  readonly after: CostLine;
}

export async function pairOf(model: Model, cost: NetObjective, a: Float64Array, b: Float64Array): Promise<Pair> {
  const match = matchUnits(model, b, a);
  return {
    distances: [Math.hypot(...b.map((x, i) => x - a[i])), match.distance],
    before: await costAlongLine(cost, a, b),
    after: await costAlongLine(cost, a, match.w),
  };
}

async function findings(model: Model, nets: readonly Float64Array[], cost: NetObjective): Promise<Findings> {
  const [first] = nets;
  const rearranged = rearrange(model, first, drawRearrangements(model, new Random(1, "units")));
  const copy = await pairOf(model, cost, first, rearranged);
  const apart: Pair[] = [];
  for (const [i, a] of nets.entries()) for (const b of nets.slice(i + 1)) apart.push(await pairOf(model, cost, a, b));
  const costs: number[] = [];
  for (const net of nets) costs.push(await cost.value(net));
  const [before, after] = [apart.map((pair) => barrierOf(pair.before)), apart.map((pair) => barrierOf(pair.after))];
  const numbers = {
    hiddenUnits: HIDDEN,
    costs,
    copyDistance: copy.distances[0],
    copyBarrier: barrierOf(copy.before),
    copyDistanceMatched: copy.distances[1],
    copyBarrierMatched: barrierOf(copy.after),
    trainedApartDistances: apart.map(({ distances }) => distances[0]),
    trainedApartBarriers: before,
    trainedApartDistancesMatched: apart.map(({ distances }) => distances[1]),
    trainedApartBarriersMatched: after,
    meanBarrier: mean(before),
    meanBarrierMatched: mean(after),
  };
  return {
    holds:
      // Far above rounding, which is all that a convex cost would show.
      numbers.copyBarrier > 1e-6 &&
      numbers.copyDistanceMatched <= 1e-12 * numbers.copyDistance &&
      numbers.copyBarrierMatched <= 1e-12 &&
      // The best pair as they are is worse than the worst after matching.
      Math.max(...after) < Math.min(...before),
    numbers,
    figure: drawn(copy, apart),
  };
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

function drawn(copy: Pair, apart: readonly Pair[]): Figure {
  const [before, after] = [barrierOf(copy.before), apart.map((pair) => barrierOf(pair.after))];
  const highest = Math.max(...[copy, ...apart].flatMap((pair) => [...pair.before.costs]));
  const between = (title: string, pairs: readonly Pair[]): Panel =>
    panel({
      title,
      x: { label: "part of the way", domain: [0, 1] },
      y: { label: "cost", domain: [0, 1.05 * highest] },
      marks: (["before", "after"] as const).flatMap((when) => {
        const label = when === "before" ? "units as they are" : "units matched";
        const x = [...pairs[0][when].positions];
        const at = (k: number): number[] => pairs.map((pair) => pair[when].costs[k]);
        return [
          ...(pairs.length > 1
            ? [band({ x, lo: x.map((_, k) => Math.min(...at(k))), hi: x.map((_, k) => Math.max(...at(k))), label })]
            : []),
          line({ x, y: x.map((_, k) => mean(at(k))), label, weight: "bold" }),
        ];
      }),
    });
  return figure({
    title: "The cost on the straight line between two nets",
    description: `Between a trained net and its rearranged copy the cost rises by ${before.toFixed(2)}; with units matched, both are the same point and the line is level. Between nets trained apart, matching lowers the barrier to ${Math.max(...after).toFixed(2)} at most. Bands: lowest and highest of ${apart.length} pairs.`,
    columns: 2,
    height: 420,
    panels: [between("A net and its rearranged copy", [copy]), between("Nets trained apart", apart)],
  });
}
