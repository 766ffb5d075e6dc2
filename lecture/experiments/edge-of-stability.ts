import { median } from "../../src/compare/index.ts";
import { type Figure, figure, formatNumber, line, panel } from "../../src/figure/index.ts";
import { sharpness } from "../../src/landscape/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { isLargest } from "../curvature.ts";
import { trainingSet } from "../examples.ts";
import { experiment, near } from "../experiment.ts";
import { HIDDEN, squaredErrorTask } from "../full-batch.ts";
import { edgeMarks, rangesByStep } from "../plots/edge.ts";
import { inTurn } from "../retraining.ts";
import { mean } from "../samples.ts";
import { lateValues, risingShare, type Sharpening, sharpening } from "../sharpening.ts";
import { facts, numberTable } from "../told.ts";

const MOST_EXAMPLES = 1000;
/** At the larger rate the edge is reached soon, at the smaller one it is not. */
const [FAST, SLOW] = [0.4, 0.1];
/** From this step on the sharpness of the fast runs is at the edge. */
const SETTLED = 600;
/** Steps in which the walk across the valley is drawn: those in which it becomes unstable for the first time. */
const WATCHED = [315, 480] as const;
/** Losses of a step differ from those around it; their mean over so many does not. */
const SPAN = 100;

/** The sharpness at which gradient descent on a quadratic begins to diverge. */
const edgeOf = (lr: number): number => 2 / lr;

const subjects = { rule: gradientDescent, sharpness, edgeOf, seeds: [1, 2, 3], steps: 1200 };

const last = (values: readonly number[]): number => values[values.length - 1];
/** A sharpness's share of the edge, at each measurement. */
const shares = ({ sharpness }: Sharpening, edge: number): number[] => sharpness.map((value) => value / edge);

export const edgeOfStability = experiment({
  id: "edge-of-stability",
  title: "Gradient descent at the edge of stability",
  claim:
    "Full-batch gradient descent makes the loss ever sharper, until λmax reaches 2/lr, above which it would diverge on a bowl; " +
    "there the sharpness stays, and the loss rises at many steps, but still falls in the long run.",
  subjects,
  async measure(given, { rule, sharpness, edgeOf, seeds, steps }) {
    const { data, examples, device } = await trainingSet(given, { most: MOST_EXAMPLES });
    const task = squaredErrorTask(data, examples);
    const run = (lr: number, seed: number): Promise<Sharpening> =>
      sharpening(task, { optimizer: rule({ lr }), steps, seed, watched: WATCHED }, device, sharpness);
    const fast = await inTurn(seeds, (seed) => run(FAST, seed));
    const slow = await run(SLOW, seeds[0]);
    const all = [...fast, slow];
    const late = fast.map(({ at, sharpness }) =>
      lateValues(at, sharpness, SETTLED).map((value) => value / edgeOf(FAST)),
    );
    const numbers = {
      examples: examples.count,
      hiddenUnits: HIDDEN,
      steps,
      rates: all.map((_, i) => (i < fast.length ? FAST : SLOW)),
      seeds: [...seeds, seeds[0]],
      edges: [edgeOf(FAST), edgeOf(SLOW)],
      firstSharpness: all.map((each) => each.sharpness[0]),
      lastSharpness: all.map((each) => last(each.sharpness)),
      medianShareOfEdge: late.map(median),
      lowestShareOfEdge: late.map((values) => Math.min(...values)),
      highestShareOfEdge: late.map((values) => Math.max(...values)),
      highestShareOfEdgeAtSmallerRate: Math.max(...shares(slow, edgeOf(SLOW))),
      risingSteps: all.map((each) => risingShare(each)),
      risingStepsAtTheEdge: fast.map((each) => risingShare(each, SETTLED)),
      lossWhereTheEdgeIsReached: fast.map(({ losses }) => mean(losses.slice(SETTLED, SETTLED + SPAN))),
      lossAtTheEnd: all.map(({ losses }) => mean(losses.slice(-SPAN))),
      stepsOverGradients: all.map((each) => [
        Math.min(...each.stepsOverGradients),
        Math.max(...each.stepsOverGradients),
      ]),
    };
    return { numbers, fast, slow };
  },
  holds({ numbers, fast, slow }) {
    const all = [...fast, slow];
    return (
      // The sharpness is the largest curvature: found on the way or from nothing, by products or by differences.
      all.every(({ anew, sharpness }) => isLargest(anew) && near(last(sharpness), anew.value, 2e-3)) &&
      numbers.stepsOverGradients.every((pair, i) => pair.every((step) => near(step, numbers.rates[i], 1e-4))) &&
      // At the edge, from both sides.
      numbers.medianShareOfEdge.every((share) => Math.abs(share - 1) <= 0.03) &&
      numbers.risingStepsAtTheEdge.every((share) => share > 0.1 && share < 0.5) &&
      numbers.lossWhereTheEdgeIsReached.every((loss, i) => numbers.lossAtTheEnd[i] < loss) &&
      // Below it: ever sharper, and ever lower.
      numbers.highestShareOfEdgeAtSmallerRate < 1 &&
      numbers.lastSharpness.every((value, i) => value > 1.5 * numbers.firstSharpness[i]) &&
      last(numbers.risingSteps) === 0
    );
  },
  told: ({ numbers }) => [
    facts({
      examples: numbers.examples,
      "hidden units": HIDDEN.join(", "),
      steps: numbers.steps,
      [`edge at learning rate ${FAST}, 2/lr`]: numbers.edges[0],
      [`edge at learning rate ${SLOW}`]: numbers.edges[1],
    }),
    numberTable("Gradient descent on the full batch", {
      "learning rate": numbers.rates,
      seed: numbers.seeds,
      "sharpness at the start": numbers.firstSharpness,
      "sharpness at the end": numbers.lastSharpness,
      "share of steps at which the loss rises": numbers.risingSteps,
      [`loss at the end, mean of ${SPAN} steps`]: numbers.lossAtTheEnd,
    }),
    numberTable(`Sharpness over the edge from step ${SETTLED} on, learning rate ${FAST}`, {
      seed: numbers.seeds.slice(0, -1),
      median: numbers.medianShareOfEdge,
      lowest: numbers.lowestShareOfEdge,
      highest: numbers.highestShareOfEdge,
      "share of steps at which the loss rises": numbers.risingStepsAtTheEdge,
      [`loss at step ${SETTLED}`]: numbers.lossWhereTheEdgeIsReached,
    }),
  ],
  plot: ({ numbers, fast, slow }) => drawing(fast, slow, numbers.edges[0], numbers.medianShareOfEdge),
});

function drawing(fast: readonly Sharpening[], slow: Sharpening, edge: number, medians: readonly number[]): Figure {
  const [first] = fast;
  const { at } = slow;
  const labels = [`lr ${FAST}`, `lr ${SLOW}`];
  const [from] = WATCHED;
  return figure({
    title: "At the edge of stability",
    description:
      `At a learning rate of ${FAST} the sharpness of ${fast.length} nets is, from step ${SETTLED} on, at ` +
      `${medians.map((share) => share.toFixed(3)).join(", ")} times the edge, 2/lr = ${formatNumber(edge, 2)}, in the median; at ${SLOW} it ` +
      `goes from ${formatNumber(slow.sharpness[0], 2)} to ${formatNumber(last(slow.sharpness), 2)}, where the edge is ` +
      `${formatNumber(edgeOf(SLOW), 2)}. The last panel shows where the first net is along its sharpest direction, step by step from ${from} on.`,
    width: 1080,
    panels: [
      panel({
        title: "Sharpness, λmax",
        x: { label: "step" },
        y: { label: "largest eigenvalue of the Hessian", domain: [0, 1.35 * edge] },
        marks: [
          ...edgeMarks(edge, `edge, 2/${FAST}`),
          ...rangesByStep(
            labels[0],
            fast.map((each) => ({ at: each.at, values: each.sharpness })),
          ),
          line({ x: at, y: slow.sharpness, label: labels[1], weight: "bold" }),
        ],
      }),
      panel({
        title: "Loss",
        x: { label: "step" },
        y: { label: "loss over all examples", scale: "log" },
        marks: [
          line({ y: first.losses, label: labels[0], weight: "normal", dash: "solid" }),
          line({ y: slow.losses, label: labels[1], weight: "bold" }),
        ],
      }),
      panel({
        title: "Across the valley",
        x: { label: "step" },
        y: { label: "place along the sharpest direction" },
        marks: [
          line({
            x: first.across.map((_, k) => from + k),
            y: first.across,
            label: labels[0],
            weight: "normal",
            dash: "solid",
          }),
        ],
      }),
    ],
  });
}
