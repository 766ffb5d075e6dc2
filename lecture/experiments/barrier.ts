import { figure, type Mark, type Panel, panel } from "../../src/figure/index.ts";
import { Random } from "../../src/index.ts";
import {
  barrier as barrierOf,
  drawRearrangements,
  lossAlongLine,
  matchUnits,
  rearrange,
} from "../../src/landscape/index.ts";
import { modelFor } from "../../src/nn/index.ts";
import { withObjective } from "../curvature.ts";
import { trainingSet } from "../examples.ts";
import { agree, experiment } from "../experiment.ts";
import { highest, pairOf, pairsOf, plain, trainedFrom } from "../net-pairs.ts";
import { curves } from "../plots/curves.ts";
import { ranges } from "../plots/ranges.ts";
import { mapValues } from "../race.ts";
import { inTurn } from "../retraining.ts";
import { mean } from "../samples.ts";
import { facts, numberTable } from "../told.ts";

const HIDDEN = 32;
/** Nets that are trained separately: with other initial weights, and another order of the examples. */
const SEEDS = [1, 2, 3, 4];
const subjects = { matchUnits, barrierOf, lossAlongLine, seeds: SEEDS, epochs: 20 };
/**
 * The line is that of Goodfellow, Vinyals & Saxe 2015; that matching units takes most of the barrier away was conjectured by
 * Entezari, Sedghi, Saukh & Neyshabur 2022 and shown for wide nets by Ainsworth, Hayase & Srinivasa 2023 (Git Re-Basin).
 */
export const barrier = experiment({
  id: "barrier",
  title: "The barrier between equally good nets, and how it goes away",
  claim:
    "Between two equally good nets there is a barrier on the straight line; once their hidden units are matched, it is gone between a net and its rearranged copy, and lower between nets that were trained separately.",
  subjects,
  async measure(given, subjects) {
    const { data, examples, device } = await trainingSet(given, { least: 2 });
    const { barrierOf, seeds, epochs } = subjects;
    const model = modelFor(`mlp:${HIDDEN}:tanh`, data);
    const nets = await inTurn(seeds, (seed) =>
      trainedFrom(model, { ...data, train: examples }, { seed, epochs }, device),
    );
    return withObjective({ model, examples, device }, async (objective) => {
      const [first] = nets;
      const rearranged = rearrange(model, first, drawRearrangements(model, new Random(1, "units")));
      const copy = await pairOf(model, objective, first, rearranged, subjects);
      const apart = await inTurn(pairsOf(nets), ([a, b]) => pairOf(model, objective, a, b, subjects));
      const [before, after] = [apart.map((pair) => barrierOf(pair.before)), apart.map((pair) => barrierOf(pair.after))];
      return {
        numbers: {
          hiddenUnits: HIDDEN,
          losses: await inTurn(nets, async (net) => objective.value(net)),
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
        },
        copy: plain(copy),
        apart: apart.map(plain),
      };
    });
  },
  holds({ numbers, copy, apart }) {
    const { losses, trainedApartBarriers: before, trainedApartBarriersMatched: after } = numbers;
    const all = [copy, ...apart];
    const ends = pairsOf(losses);
    return (
      // Far above rounding, which is all that a convex loss would show.
      numbers.copyBarrier > 1e-6 &&
      numbers.copyDistanceMatched <= 1e-12 * numbers.copyDistance &&
      numbers.copyBarrierMatched <= 1e-12 &&
      agree(
        [numbers.copyBarrier, ...before, numbers.copyBarrierMatched, ...after],
        [...all.map((pair) => highest(pair.before)), ...all.map((pair) => highest(pair.after))],
      ) &&
      // A line's losses end in those of its nets; matching rearranges the second net, which changes no loss.
      apart.every(({ before, after }, i) =>
        [before, after].every((line) => agree([line.losses[0], line.losses[line.losses.length - 1]], ends[i])),
      ) &&
      all.every(({ distances, distanceOfMatch }) => agree([distanceOfMatch], [distances[1]], 1e-9)) &&
      // The best pair as they are is worse than the worst after matching.
      Math.max(...after) < Math.min(...before)
    );
  },
  told({ numbers }) {
    const nets = numbers.losses.map((_, i) => `net ${i + 1}`);
    const { trainedApartDistances: distances, trainedApartDistancesMatched: matched } = numbers;
    return [
      facts({ "hidden units": HIDDEN }),
      numberTable("Nets that were trained separately", { net: nets, loss: numbers.losses }),
      numberTable("The straight line between two nets", {
        between: [
          "net 1 and its rearranged copy",
          ...nets.flatMap((a, i) => nets.slice(i + 1).map((b) => `${a} and ${b}`)),
          "mean of the pairs trained separately",
        ],
        distance: [numbers.copyDistance, ...distances, mean(distances)],
        barrier: [numbers.copyBarrier, ...numbers.trainedApartBarriers, numbers.meanBarrier],
        "distance, units matched": [numbers.copyDistanceMatched, ...matched, mean(matched)],
        "barrier, units matched": [
          numbers.copyBarrierMatched,
          ...numbers.trainedApartBarriersMatched,
          numbers.meanBarrierMatched,
        ],
      }),
    ];
  },
  plot({ numbers, copy, apart }) {
    const top = Math.max(...[copy, ...apart].flatMap((pair) => pair.before.losses));
    const between = (title: string, marks: readonly Mark[]): Panel =>
      panel({
        title,
        x: { label: "fraction of the way", domain: [0, 1] },
        y: { label: "loss", domain: [0, 1.05 * top] },
        marks,
      });
    const when = { "units as they are": "before", "units matched": "after" } as const;
    const { positions } = copy.before;
    return figure({
      title: "The loss on the straight line between two nets",
      description: `Between a trained net and its rearranged copy the loss rises by ${numbers.copyBarrier.toFixed(2)}; with units matched, both are the same point and the line is level. Between nets trained separately, matching lowers the barrier to ${Math.max(...numbers.trainedApartBarriersMatched).toFixed(2)} at most. Bands: lowest and highest of ${apart.length} pairs.`,
      columns: 2,
      height: 420,
      panels: [
        between(
          "A net and its rearranged copy",
          curves(mapValues(when, (line) => ({ x: positions, y: copy[line].losses }))),
        ),
        between(
          "Nets trained separately",
          Object.entries(when).flatMap(([label, line]) =>
            ranges(label, positions, (k) => apart.map((pair) => pair[line].losses[k])),
          ),
        ),
      ],
    });
  },
});
