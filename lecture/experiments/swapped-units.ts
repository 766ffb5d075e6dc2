import type { Examples } from "../../src/data/index.ts";
import { evaluate, input, sizeOf } from "../../src/expr/index.ts";
import { contour, figure, marker, panel, rule, text } from "../../src/figure/index.ts";
import { Random } from "../../src/index.ts";
import {
  coordinates,
  equalPoints,
  lossAlongLine,
  lossOnPlane,
  planeThrough,
  type Rearrangement,
  rearrange,
} from "../../src/landscape/index.ts";
import { initialize, layoutOf, type Model, modelFor, parameterCount, parameterInputs } from "../../src/nn/index.ts";
import { extremeEigenvaluesAsync, type NetObjective, newtonCG, solveAsync } from "../../src/solvers/index.ts";
import { curvatureAlong, gradientAt, withObjective } from "../curvature.ts";
import { trainingSet } from "../examples.ts";
import { experiment, near } from "../experiment.ts";
import { curves } from "../plots/curves.ts";
import { inTurn } from "../retraining.ts";
import { columnsOf, facts, numberTable } from "../told.ts";
import { distance, largestDifference } from "../vectors.ts";

/** Hidden units. */
const UNITS = 12;
/** A term ½·L2·‖w‖² in the loss, which no rearrangement changes: with it the way down ends, at a true minimum. */
const L2 = 1e-3;
const EXAMPLES = 600;
const TOLERANCE = 1e-6;
/** The point halfway along a line of 2·HALFWAY + 1 points. */
const HALFWAY = 12;

const inOrder = Array.from({ length: UNITS }, (_, j) => j);

/** The rearrangements of the trained net's hidden units. */
const rearrangements: Readonly<Record<string, Rearrangement>> = {
  "two units swapped": { from: [1, 0, ...inOrder.slice(2)] },
  "all units reordered": { from: [...new Random(1, "units").permutation(UNITS)] },
  "signs of every other unit flipped": { from: inOrder, signs: inOrder.map((j) => (j % 2 === 0 ? -1 : 1)) },
};

/** A direction of length 1. */
function randomDirection(dimension: number): Float64Array {
  const random = new Random(1, "direction");
  const v = Float64Array.from({ length: dimension }, () => random.normal());
  const length = Math.hypot(...v);
  return v.map((x) => x / length);
}

/** The net's outputs for the examples, in float64 by the reference interpreter. */
function answers(model: Model, { count, inputs }: Examples, w: Float64Array): Float64Array {
  const x = input("x", [count, ...model.inputShape], "f64");
  const { outputs } = model.forward(parameterInputs(model, "f64"), {}, x, { training: false, mask: () => x });
  const parameters = layoutOf(model).map(({ name, shape, offset }) => [
    name,
    w.subarray(offset, offset + sizeOf(shape)),
  ]);
  return evaluate([outputs], { ...Object.fromEntries(parameters), x: inputs })[0].data;
}

const subjects = {
  rearrange,
  equalPoints,
  lossAlongLine,
  extremes: extremeEigenvaluesAsync,
  examples: EXAMPLES,
};
/**
 * The distance to the nearest of the equal points. A rearrangement that moves units moves two at least, so none is nearer than
 * the nearest exchange of two, of equal sign or not, or the nearest turn of one sign.
 */
export function nearest(model: Model, w: Float64Array): number {
  const turned = (units: readonly number[]): number[] => inOrder.map((j) => (units.includes(j) ? -1 : 1));
  const exchanged = (i: number, j: number): number[] => inOrder.map((k) => (k === i ? j : k === j ? i : k));
  const candidates = inOrder.flatMap((i): Rearrangement[] => [
    { from: inOrder, signs: turned([i]) },
    ...inOrder
      .slice(0, i)
      .flatMap((j) => [[], [i, j]].map((units) => ({ from: exchanged(i, j), signs: turned(units) }))),
  ]);
  return Math.min(...candidates.map((how) => distance(rearrange(model, w, [how]), w)));
}

/** The loss in the plane through the trained net and two of its copies, and where they are in it. */
async function surroundings(objective: NetObjective, w: Float64Array, [, second, third]: readonly Float64Array[]) {
  const plane = planeThrough(w, second, third);
  const minima = [w, second, third].map((point) => coordinates(plane, point));
  const [x, y] = [0, 1].map((axis) => {
    const [low, high] = [Math.min, Math.max].map((end) => end(...minima.map((point) => point[axis])));
    return [low - 0.3 * (high - low), high + 0.3 * (high - low)] as const;
  });
  const { x: xs, y: ys, values } = await lossOnPlane(objective, plane, { x, y });
  return { minima, loss: { x: [...xs], y: [...ys], values: [...values] } };
}

/** The largest component of the gradient. */
const steepest = async (objective: NetObjective, w: Float64Array): Promise<number> =>
  largestDifference(await gradientAt(objective, w), new Float64Array(w.length));

export const swappedUnits = experiment({
  id: "swapped-units",
  title: "The loss of a net is not convex",
  claim:
    "Hidden units can trade places, and with tanh also change sign, without changing what the net computes: it has n!·2ⁿ equal minima, and between two of them the loss is higher.",
  subjects,
  async measure(given, { rearrange, equalPoints, lossAlongLine, extremes, examples: most }) {
    const { data, examples, device } = await trainingSet(given, { least: 2, most });
    const model = modelFor(`mlp:${UNITS}:tanh`, data);
    return withObjective({ model, examples, device, l2: L2 }, async (objective) => {
      const start = new Float64Array(parameterCount(model));
      initialize(model, start, 1);
      const { x: w, value } = await solveAsync(objective, { solver: newtonCG(), start, tolerance: TOLERANCE });
      const named = Object.entries(rearrangements);
      const copies = named.map(([, how]) => rearrange(model, w, [how]));
      const expected = answers(model, examples, w);
      const lines = await inTurn(copies, (copy) => lossAlongLine(objective, w, copy, { points: 2 * HALFWAY + 1 }));
      const gradients = await inTurn([w, ...copies], (x) => steepest(objective, x));
      const { smallest } = await extremes(objective, w, { steps: 300, accuracy: 1e-6 });
      const count = equalPoints(model);
      const numbers = {
        hiddenUnits: UNITS,
        parameters: w.length,
        loss: value,
        largestSlopes: gradients,
        leastCurvature: smallest[0].value,
        curvatureOfRandomDirection: await curvatureAlong(objective, w, randomDirection(w.length)),
        leastCurvatureBySlopes: await curvatureAlong(objective, w, smallest[0].vector),
        rearrangements: named.map(([name]) => name).join("; "),
        distances: copies.map((copy) => distance(copy, w)),
        largestDifferencesOfOutputs: copies.map((copy) => largestDifference(answers(model, examples, copy), expected)),
        differencesOfLoss: lines.map(({ losses }) => losses[2 * HALFWAY] - value),
        lossesHalfway: lines.map(({ losses }) => losses[HALFWAY]),
        equalMinima: String(count),
        equalMinimaLog10: Math.log10(Number(count)),
        // log10 of 12!·2¹², term by term.
        equalMinimaLog10Expected: inOrder.reduce((sum, j) => sum + Math.log10(2 * (j + 1)), 0),
        // Were it 0, some of them would be one and the same.
        nearestEqualMinimum: nearest(model, w),
      };

      return {
        numbers,
        size: largestDifference(expected, new Float64Array(expected.length)),
        lines: lines.map(({ positions, losses }) => ({ x: [...positions], y: [...losses] })),
        surroundings: await surroundings(objective, w, copies),
      };
    });
  },
  holds({ numbers, size }) {
    // The true minimum is within ‖∇f‖/λ of the trained net.
    const unsure = (Math.sqrt(numbers.parameters) * numbers.largestSlopes[0]) / numbers.leastCurvature;
    return (
      numbers.largestSlopes.every((each) => each <= 2 * TOLERANCE) &&
      numbers.leastCurvature > 0 &&
      // No direction is less curved: a random one's curvature is a mean of all eigenvalues.
      numbers.leastCurvature < numbers.curvatureOfRandomDirection &&
      near(numbers.leastCurvatureBySlopes, numbers.leastCurvature, 1e-3) &&
      // Rearranged nets are other points, none of them nearer than the nearest of all.
      numbers.distances.every((each) => each >= numbers.nearestEqualMinimum * (1 - 1e-9)) &&
      numbers.largestDifferencesOfOutputs.every((difference) => difference <= 1e-12 * Math.max(1, size)) &&
      numbers.differencesOfLoss.every((difference) => Math.abs(difference) <= 1e-12) &&
      numbers.lossesHalfway.every((loss) => loss > numbers.loss) &&
      Math.abs(numbers.equalMinimaLog10 - numbers.equalMinimaLog10Expected) < 1e-9 &&
      numbers.nearestEqualMinimum > unsure
    );
  },
  told: ({ numbers }) => [
    facts({
      "hidden units, n": UNITS,
      parameters: numbers.parameters,
      "loss of the trained net": numbers.loss,
      "largest component of its gradient": numbers.largestSlopes[0],
      "least eigenvalue of its Hessian": numbers.leastCurvature,
      "least eigenvalue, by differences of gradients": numbers.leastCurvatureBySlopes,
      "curvature along a random direction": numbers.curvatureOfRandomDirection,
      "equal minima": `${BigInt(numbers.equalMinima).toLocaleString("en")}, 10^${numbers.equalMinimaLog10.toFixed(4)}`,
      "n!·2ⁿ, factor by factor": `10^${numbers.equalMinimaLog10Expected.toFixed(4)}`,
      "distance to the nearest of them": numbers.nearestEqualMinimum,
    }),
    numberTable("Copies of the trained net", {
      "how its units are rearranged": Object.keys(rearrangements),
      "distance moved": numbers.distances,
      "largest change of an output": numbers.largestDifferencesOfOutputs,
      "change of the loss": numbers.differencesOfLoss,
      "largest gradient component": numbers.largestSlopes.slice(1),
      "loss halfway there": numbers.lossesHalfway,
    }),
  ],
  plot({ lines, surroundings: { minima, loss } }) {
    const [lowest] = lines[0].y;
    const highest = Math.max(...loss.values);
    // Closer together in the basins.
    const levels = Array.from({ length: 15 }, (_, k) => lowest + (highest - lowest) * ((k + 1) / 16) ** 2);
    return figure({
      title: "Equal minima, and the hills between them",
      description: `Left: the loss in the plane through three of the equal minima of a trained net, each in its own basin. Right: along the straight line from the trained net to each of three rearrangements the loss rises from ${lowest.toPrecision(2)} and comes back to it.`,
      columns: 2,
      height: 470,
      panels: [
        panel({
          title: "The plane through three of them",
          x: { label: "distance in parameter space" },
          y: { label: "distance" },
          marks: [
            contour({ grid: loss, levels }),
            marker({ points: minima, shape: "star", size: 12, label: "equal minima" }),
          ],
        }),
        panel({
          title: "From the trained net to its copies",
          x: { label: "fraction of the way", domain: [0, 1] },
          y: { label: "loss", domain: [0, 1.05 * Math.max(...lines.flatMap(({ y }) => y))] },
          marks: [
            rule({ y: lowest }),
            text({
              at: [0.5, lowest],
              text: "a convex loss would never rise above this line",
              anchor: "middle",
              shift: [0, 18],
            }),
            ...curves(columnsOf(Object.keys(rearrangements), lines)),
          ],
        }),
      ],
    });
  },
});
