import type { Dataset } from "../../src/data/index.ts";
import { band, type Figure, figure, line, type Panel, panel } from "../../src/figure/index.ts";
import { type Device, Random } from "../../src/index.ts";
import {
  barrier as barrierOf,
  type CostLine,
  costAlongLine,
  drawRearrangements,
  matchUnits,
  rearrange,
} from "../../src/landscape/index.ts";
import { type Model, modelFor } from "../../src/nn/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { NetObjective } from "../../src/solvers/index.ts";
import { Engine, Training } from "../../src/train/index.ts";
import { firstExamples } from "../examples.ts";
import { about, agree, type Findings } from "../experiment.ts";
import { mean } from "../samples.ts";
import { facts, numberTable } from "../told.ts";

const HIDDEN = 32;
const EXAMPLES = 1200;
/** Nets that are trained separately: with other first weights, and another order of the examples. */
const SEEDS = [1, 2, 3, 4];
const training = { optimizer: adam({ lr: 3e-3 }), batchSize: 64, dtype: "f64" } as const;

const subjects = { matchUnits, barrierOf, costAlongLine, seeds: SEEDS, epochs: 20 };
type Subjects = typeof subjects;

/**
 * The line is that of Goodfellow, Vinyals & Saxe 2015; that matching units takes most of the barrier away was conjectured by
 * Entezari, Sedghi, Saukh & Neyshabur 2022 and shown for wide nets by Ainsworth, Hayase & Srinivasa 2023 (Git Re-Basin).
 */
export const barrier = about(subjects, {
  id: "barrier",
  title: "The barrier between equally good nets, and how it goes away",
  claim:
    "Between two equally good nets there is a barrier on the straight line; once their hidden units are matched, it is gone between a net and its rearranged copy, and lower between nets that were trained separately.",
  run: async (given, subjects) => {
    const data = await given.data();
    const device = await given.device();
    const train = firstExamples(data, EXAMPLES, 2);
    const model = modelFor(`mlp:${HIDDEN}:tanh`, data);
    const nets: Float64Array[] = [];
    for (const seed of subjects.seeds)
      nets.push(await trained(model, { ...data, train }, seed, subjects.epochs, device));
    const cost = new NetObjective({ model, examples: train, device });
    try {
      return await findings(model, nets, cost, subjects);
    } finally {
      await cost.dispose();
    }
  },
});

async function trained(
  model: Model,
  data: Dataset,
  seed: number,
  epochs: number,
  device: Device,
): Promise<Float64Array> {
  const run = new Training({ ...training, epochs, model, data, seed }, new Engine(device));
  for await (const _ of run);
  return Float64Array.from(run.state.w);
}

/** The line between two nets as they are, and after the second one's units are matched with the first one's. */
export interface Pair {
  readonly distances: readonly [before: number, after: number];
  /** The second distance as the matching itself tells it. */
  readonly distanceOfMatch: number;
  readonly before: CostLine;
  readonly after: CostLine;
}

export async function pairOf(
  model: Model,
  cost: NetObjective,
  a: Float64Array,
  b: Float64Array,
  { matchUnits, costAlongLine }: Pick<Subjects, "matchUnits" | "costAlongLine"> = subjects,
): Promise<Pair> {
  const match = matchUnits(model, b, a);
  const from = (net: Float64Array): number => Math.hypot(...net.map((x, i) => x - a[i]));
  return {
    distances: [from(b), from(match.w)],
    distanceOfMatch: match.distance,
    before: await costAlongLine(cost, a, b),
    after: await costAlongLine(cost, a, match.w),
  };
}

/** The most by which a line's costs are above the straight line between the costs at its ends: a barrier's definition. */
const highest = ({ positions, costs }: CostLine): number =>
  Math.max(...costs.map((c, k) => c - (1 - positions[k]) * costs[0] - positions[k] * costs[costs.length - 1]));

async function findings(
  model: Model,
  nets: readonly Float64Array[],
  cost: NetObjective,
  subjects: Subjects,
): Promise<Findings> {
  const { barrierOf } = subjects;
  const [first] = nets;
  const rearranged = rearrange(model, first, drawRearrangements(model, new Random(1, "units")));
  const copy = await pairOf(model, cost, first, rearranged, subjects);
  const apart: Pair[] = [];
  for (const [i, a] of nets.entries())
    for (const b of nets.slice(i + 1)) apart.push(await pairOf(model, cost, a, b, subjects));
  const costs: number[] = [];
  for (const net of nets) costs.push(await cost.value(net));
  const [before, after] = [apart.map((pair) => barrierOf(pair.before)), apart.map((pair) => barrierOf(pair.after))];
  const all = [copy, ...apart];
  const ends = nets.flatMap((_, i) => nets.slice(i + 1).map((_, k) => [costs[i], costs[i + 1 + k]]));
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
      agree(
        all.flatMap(({ before, after }) => [barrierOf(before), barrierOf(after)]),
        all.flatMap(({ before, after }) => [highest(before), highest(after)]),
      ) &&
      // A line's costs end in those of its nets; matching rearranges the second net, which changes no cost.
      apart.every(({ before, after }, i) =>
        [before, after].every((line) => agree([line.costs[0], line.costs[line.costs.length - 1]], ends[i])),
      ) &&
      all.every(({ distances, distanceOfMatch }) => agree([distanceOfMatch], [distances[1]], 1e-9)) &&
      // The best pair as they are is worse than the worst after matching.
      Math.max(...after) < Math.min(...before),
    numbers,
    told: [
      facts({ "hidden units": HIDDEN }),
      numberTable("Nets that were trained separately", { net: nets.map((_, i) => `net ${i + 1}`), cost: costs }),
      numberTable("The straight line between two nets", {
        between: [
          "net 1 and its rearranged copy",
          ...nets.flatMap((_, i) => nets.slice(i + 1).map((_, k) => `net ${i + 1} and net ${i + k + 2}`)),
          "mean of the pairs trained separately",
        ],
        distance: [...all.map(({ distances }) => distances[0]), mean(apart.map(({ distances }) => distances[0]))],
        barrier: [numbers.copyBarrier, ...before, numbers.meanBarrier],
        "distance, units matched": [
          ...all.map(({ distances }) => distances[1]),
          mean(apart.map(({ distances }) => distances[1])),
        ],
        "barrier, units matched": [numbers.copyBarrierMatched, ...after, numbers.meanBarrierMatched],
      }),
    ],
    figure: drawn(copy, apart),
  };
}

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
    description: `Between a trained net and its rearranged copy the cost rises by ${before.toFixed(2)}; with units matched, both are the same point and the line is level. Between nets trained separately, matching lowers the barrier to ${Math.max(...after).toFixed(2)} at most. Bands: lowest and highest of ${apart.length} pairs.`,
    columns: 2,
    height: 420,
    panels: [between("A net and its rearranged copy", [copy]), between("Nets trained separately", apart)],
  });
}
