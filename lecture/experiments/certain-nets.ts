import { median } from "../../src/compare/index.ts";
import { type Figure, figure, formatNumber, line, panel, rule as ruleMark } from "../../src/figure/index.ts";
import { sharpness } from "../../src/landscape/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { isLargest } from "../curvature.ts";
import { trainingSet } from "../examples.ts";
import { experiment, near } from "../experiment.ts";
import { crossEntropyTask, HIDDEN, squaredErrorTask, type Task } from "../full-batch.ts";
import { edgeMarks, rangesByStep } from "../plots/edge.ts";
import { inTurn } from "../retraining.ts";
import { lateValues, type Sharpening, sharpening } from "../sharpening.ts";
import { facts, numberTable } from "../told.ts";

const MOST_EXAMPLES = 1000;
const LR = 0.4;
/** From this step on the squared error is at the edge, and the cross-entropy below it. */
const LATE = 600;

const subjects = {
  ...{ rule: gradientDescent, sharpness, crossEntropyTask, squaredErrorTask },
  ...{ seeds: [1, 2, 3], steps: 1000 },
};

const last = (values: readonly number[]): number => values[values.length - 1];

/** The exponent p of λmax ~ lossᵖ, by least squares on logarithms. */
function exponentOf({ at, losses, sharpness }: Sharpening, from: number): number {
  const points = at.flatMap((step, k) => (step < from ? [] : [[Math.log(losses[step]), Math.log(sharpness[k])]]));
  const [x, y] = [0, 1].map((i) => points.reduce((sum, point) => sum + point[i], 0) / points.length);
  const [across, along] = points.reduce(
    ([products, squares], point) => [products + (point[0] - x) * (point[1] - y), squares + (point[0] - x) ** 2],
    [0, 0],
  );
  return across / along;
}

/** Cohen et al. 2021, Gradient descent on neural networks typically occurs at the edge of stability, appendix C. */
export const certainNets = experiment({
  id: "certain-nets",
  title: "With cross-entropy, the loss flattens once the net is certain",
  claim:
    "On squared error a net stays at the edge of stability for good; on cross-entropy its sharpness falls far below 2/lr with " +
    "the loss, since the softmax's own curvature, p(1 − p), vanishes as the net grows certain.",
  subjects,
  async measure(given, { rule, sharpness, crossEntropyTask, squaredErrorTask, seeds, steps }) {
    const { data, examples, device } = await trainingSet(given, { most: MOST_EXAMPLES });
    const run = (task: Task, seed: number): Promise<Sharpening> =>
      sharpening(task, { optimizer: rule({ lr: LR }), steps, seed }, device, sharpness);
    const certain = crossEntropyTask(data, examples);
    const entropy = await inTurn(seeds, (seed) => run(certain, seed));
    const squared = await run(squaredErrorTask(data, examples), seeds[0]);
    const all = [...entropy, squared];
    const edge = 2 / LR;
    const numbers = {
      examples: examples.count,
      hiddenUnits: HIDDEN,
      steps,
      lr: LR,
      edge,
      losses: [...seeds.map(() => "cross-entropy"), "squared error"].join(", "),
      seeds: [...seeds, seeds[0]],
      firstShareOfEdge: all.map((each) => each.sharpness[0] / edge),
      highestShareOfEdge: all.map((each) => Math.max(...each.sharpness) / edge),
      lastShareOfEdge: all.map((each) => last(each.sharpness) / edge),
      medianShareOfEdgeOfSquaredError: median(lateValues(squared.at, squared.sharpness, LATE)) / edge,
      firstLoss: all.map((each) => each.losses[0]),
      lastLoss: all.map((each) => last(each.losses)),
      exponentOfLoss: entropy.map((each) => exponentOf(each, LATE)),
      stepsOverGradients: all.map((each) => [
        Math.min(...each.stepsOverGradients),
        Math.max(...each.stepsOverGradients),
      ]),
    };
    return { numbers, entropy, squared };
  },
  holds({ numbers, entropy, squared }) {
    const all = [...entropy, squared];
    const falls = numbers.lastShareOfEdge.slice(0, -1);
    return (
      all.every(({ anew, sharpness }) => isLargest(anew) && near(last(sharpness), anew.value, 2e-3)) &&
      numbers.stepsOverGradients.flat().every((step) => near(step, LR, 1e-4)) &&
      Math.abs(numbers.medianShareOfEdgeOfSquaredError - 1) <= 0.03 &&
      falls.every((share, i) => share < 0.1 && share < 0.1 * numbers.highestShareOfEdge[i]) &&
      numbers.exponentOfLoss.every((exponent) => exponent > 0.5 && exponent < 1.5)
    );
  },
  told: ({ numbers }) => [
    facts({
      examples: numbers.examples,
      "hidden units": HIDDEN.join(", "),
      steps: numbers.steps,
      "learning rate": LR,
      "edge, 2/lr": numbers.edge,
      [`sharpness over the edge from step ${LATE} on, squared error, median`]: numbers.medianShareOfEdgeOfSquaredError,
    }),
    numberTable("Sharpness over the edge", {
      loss: numbers.losses.split(", "),
      seed: numbers.seeds,
      "at the start": numbers.firstShareOfEdge,
      highest: numbers.highestShareOfEdge,
      "at the end": numbers.lastShareOfEdge,
      "loss at the start": numbers.firstLoss,
      "loss at the end": numbers.lastLoss,
    }),
    numberTable("Cross-entropy: the sharpness falls as lossᵖ", {
      seed: numbers.seeds.slice(0, -1),
      p: numbers.exponentOfLoss,
    }),
  ],
  plot: ({ numbers, entropy, squared }) => drawing(entropy, squared, numbers.edge, numbers.lastShareOfEdge),
});

function drawing(entropy: readonly Sharpening[], squared: Sharpening, edge: number, ends: readonly number[]): Figure {
  const percents = (all: readonly number[]): string => all.map((share) => `${(100 * share).toFixed(1)} %`).join(", ");
  const shares = (k: number): number[] => entropy.map(({ sharpness }) => (sharpness.at(k) ?? Number.NaN) / edge);
  const trace = ({ losses, sharpness, at }: Sharpening) => at.map((step, k) => [losses[step], sharpness[k]] as const);
  return figure({
    title: "Certain nets are flat",
    description:
      `Gradient descent with a learning rate of ${LR}, whose edge of stability is 2/lr = ${formatNumber(edge, 2)}. On squared error the sharpness ends ` +
      `at ${percents(ends.slice(-1))} of that. On cross-entropy, in ${entropy.length} nets, it begins at ${percents(shares(0))}, is ` +
      `${percents(entropy.map(({ sharpness }) => Math.max(...sharpness) / edge))} where it is highest, and ends at ${percents(shares(-1))}.`,
    columns: 2,
    panels: [
      panel({
        title: "Sharpness, by step",
        x: { label: "step" },
        y: { label: "λmax", scale: "log" },
        marks: [
          ...edgeMarks(edge, `edge, 2/${LR}`),
          ...rangesByStep(
            "cross-entropy",
            entropy.map(({ at, sharpness }) => ({ at, values: sharpness })),
          ),
          line({ x: squared.at, y: squared.sharpness, label: "squared error", weight: "bold" }),
        ],
      }),
      panel({
        title: "By loss: training goes to the left",
        x: { label: "loss over all examples", scale: "log" },
        y: { label: "λmax", scale: "log" },
        marks: [
          ruleMark({ y: edge }),
          ...entropy.map((each) => line({ points: trace(each), label: "cross-entropy", weight: "normal" })),
          line({ points: trace(squared), label: "squared error", weight: "normal" }),
        ],
      }),
    ],
  });
}
