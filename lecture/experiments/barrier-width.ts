import { type Figure, figure, type Mark, marker, panel } from "../../src/figure/index.ts";
import { barrier as barrierOf, lossAlongLine, matchUnits } from "../../src/landscape/index.ts";
import { modelFor, parameterCount } from "../../src/nn/index.ts";
import { withObjective } from "../curvature.ts";
import { trainingSet } from "../examples.ts";
import { agree, experiment } from "../experiment.ts";
import { highest, pairOf, pairsOf, plain, trainedFrom } from "../net-pairs.ts";
import { ranges } from "../plots/ranges.ts";
import { inTurn } from "../retraining.ts";
import { mean } from "../samples.ts";
import { facts, numberTable } from "../told.ts";

/** Hidden units, each four times as many as before. */
const WIDTHS = [16, 64, 256];
/** Positions along a line, with both ends. */
const POINTS = 13;

/** Training ends at this loss over the training examples, or after so many epochs. */
const [LOSS, EPOCHS] = [0.02, 150];

const subjects = { matchUnits, barrierOf, lossAlongLine, widths: WIDTHS, seeds: [1, 2, 3] };

/**
 * Ainsworth, Hayase & Srinivasa 2023, Git Re-Basin, section 5: wider nets have lower barriers once their units are matched; narrow
 * ones keep theirs, which is their counterexample to connectivity for every width.
 */
export const barrierWidth = experiment({
  id: "barrier-width",
  title: "The wider the nets, the lower the barrier between them",
  claim:
    "Between tanh nets that were trained separately to the same loss, the barrier that is left once their units are matched is the " +
    "lower the wider they are; narrow nets keep one.",
  subjects,
  async measure(given, subjects) {
    const { data, examples, device } = await trainingSet(given, { least: 2 });
    const { barrierOf, widths, seeds } = subjects;
    const sets = { ...data, train: examples, validation: examples };
    const line: typeof lossAlongLine = (objective, from, to) =>
      subjects.lossAlongLine(objective, from, to, { points: POINTS });
    const byWidth = await inTurn(widths, async (width) => {
      const model = modelFor(`mlp:${width}:tanh`, data);
      const plan = { epochs: EPOCHS, until: LOSS };
      const nets = await inTurn(seeds, (seed) => trainedFrom(model, sets, { ...plan, seed }, device));
      return withObjective({ model, examples, device }, async (objective) => {
        const pairs = await inTurn(pairsOf(nets), ([a, b]) =>
          pairOf(model, objective, a, b, { ...subjects, lossAlongLine: line }),
        );
        const losses = await inTurn(nets, async (net) => objective.value(net));
        return { parameters: parameterCount(model), losses, pairs };
      });
    });
    const of = (which: "before" | "after"): number[][] =>
      byWidth.map(({ pairs }) => pairs.map((pair) => barrierOf(pair[which])));
    const [before, after] = [of("before"), of("after")];
    const numbers = {
      widths,
      parameters: byWidth.map(({ parameters }) => parameters),
      seeds,
      losses: byWidth.map(({ losses }) => losses),
      barriers: before,
      barriersMatched: after,
      meanBarriers: before.map(mean),
      meanBarriersMatched: after.map(mean),
      distances: byWidth.map(({ pairs }) => mean(pairs.map((pair) => pair.distances[0]))),
      distancesMatched: byWidth.map(({ pairs }) => mean(pairs.map((pair) => pair.distances[1]))),
    };
    return { numbers, pairs: byWidth.map(({ pairs }) => pairs.map(plain)) };
  },
  holds({ numbers, pairs }) {
    const { barriers: before, barriersMatched: after, losses } = numbers;
    const all = pairs.flat();
    return (
      // They are as good as each other.
      losses.flat().every((loss) => loss <= LOSS && loss > 0.75 * LOSS) &&
      agree(
        [...before.flat(), ...after.flat()],
        [...all.map((pair) => highest(pair.before)), ...all.map((pair) => highest(pair.after))],
      ) &&
      all.every(({ distances, distanceOfMatch }) => agree([distanceOfMatch], [distances[1]], 1e-9)) &&
      all.every(({ distances }) => distances[1] < distances[0]) &&
      // A line's losses end in those of its nets; matching rearranges the second net, which changes no loss.
      pairs.every((some, k) =>
        pairsOf(losses[k]).every((ends, i) =>
          [some[i].before, some[i].after].every((line) => agree([line.losses[0], line.losses[POINTS - 1]], ends)),
        ),
      ) &&
      after.every((some, k) => some.every((barrier, i) => barrier < before[k][i])) &&
      // The worst pair of wider nets is better than the best of narrower ones.
      after.slice(1).every((some, k) => Math.max(...some) < Math.min(...after[k])) &&
      // On the way between narrow nets the loss at least doubles.
      Math.min(...after[0]) > Math.max(...losses[0])
    );
  },
  told: ({ numbers }) => [
    facts({
      "nets of each width": numbers.seeds.length,
      "pairs of each width": numbers.barriers[0].length,
      "loss at which training ends": LOSS,
    }),
    numberTable("The barrier between nets that were trained separately, mean of the pairs", {
      "hidden units": numbers.widths,
      parameters: numbers.parameters,
      "loss of the nets, mean": numbers.losses.map(mean),
      barrier: numbers.meanBarriers,
      "barrier, units matched": numbers.meanBarriersMatched,
      "least of the pairs": numbers.barriersMatched.map((some) => Math.min(...some)),
      "greatest of the pairs": numbers.barriersMatched.map((some) => Math.max(...some)),
      distance: numbers.distances,
      "distance, units matched": numbers.distancesMatched,
    }),
  ],
  plot: ({ numbers, pairs }) => drawing(numbers, pairs),
});

/** What the figure shows by width. */
interface Shown {
  readonly widths: readonly number[];
  readonly barriers: readonly (readonly number[])[];
  readonly barriersMatched: readonly (readonly number[])[];
  readonly meanBarriersMatched: readonly number[];
}

function drawing(
  { widths, barriers, barriersMatched, meanBarriersMatched: means }: Shown,
  pairs: readonly (readonly ReturnType<typeof plain>[])[],
): Figure {
  const falls = widths.map((width, k) => `${means[k].toPrecision(2)} with ${width} units`).join(", ");
  const byWidth = (label: string, values: readonly (readonly number[])[]): Mark[] => [
    ...ranges(label, widths, (k) => values[k]),
    marker({ points: widths.map((width, k) => [width, mean(values[k])] as const), label }),
  ];
  return figure({
    title: "Barriers between nets, by width",
    description: `On the straight line between two nets whose units are matched the loss rises above that of its ends, on average, by ${falls}. Bands: lowest and highest of ${pairs[0].length} pairs.`,
    columns: 2,
    height: 420,
    panels: [
      panel({
        title: "On the line, units matched",
        x: { label: "fraction of the way", domain: [0, 1] },
        y: { label: "loss", domain: [0, 1.05 * Math.max(...pairs.flat().flatMap(({ after }) => after.losses))] },
        marks: pairs.flatMap((some, k) =>
          ranges(`${widths[k]} units`, some[0].after.positions, (i) => some.map(({ after }) => after.losses[i])),
        ),
      }),
      panel({
        title: "The barrier",
        x: { label: "hidden units", scale: "log", ticks: widths },
        y: { label: "barrier", scale: "log" },
        marks: [...byWidth("units as they are", barriers), ...byWidth("units matched", barriersMatched)],
      }),
    ],
  });
}
