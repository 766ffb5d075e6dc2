import { median } from "../../src/compare/index.ts";
import { type Figure, figure, formatNumber, line, panel } from "../../src/figure/index.ts";
import type { Device } from "../../src/index.ts";
import { scaled, sharpness } from "../../src/landscape/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { extremeEigenvaluesAsync } from "../../src/solvers/index.ts";
import { isLargest, type Sharpness, sharpnessAt, withObjective } from "../curvature.ts";
import { trainingSet } from "../examples.ts";
import { experiment, near } from "../experiment.ts";
import { fullBatchSteps, HIDDEN, squaredErrorTask, type Task } from "../full-batch.ts";
import { edgeMarks, rangesByStep } from "../plots/edge.ts";
import { inTurn } from "../retraining.ts";
import { mean } from "../samples.ts";
import { EVERY, lateValues, risingShare, startAt } from "../sharpening.ts";
import { facts, numberTable } from "../told.ts";
import { largestDifference } from "../vectors.ts";

const MOST_EXAMPLES = 1000;
const [LR, BETA1, BETA2, EPS] = [3e-3, 0.9, 0.99, 1e-8];
/** Steps between two measurements of λmax itself, which changes slowly. */
const PLAIN_EVERY = 4 * EVERY;
/** From this step on the sharpness is at its edge. */
const SETTLED = 600;
/** Losses of a step differ from those around it; their mean over so many does not. */
const SPAN = 100;

/** The sharpness at which momentum that averages, v = β₁·v + (1 − β₁)·g, begins to diverge on a bowl. */
const edgeOf = (lr: number, beta1: number): number => (2 + 2 * beta1) / ((1 - beta1) * lr);

const subjects = { adam, sharpness, edgeOf, seeds: [1, 2, 3], steps: 1000 };
type Subjects = typeof subjects;

/** Adam's averages by hand, and what follows from them. */
class Averages {
  readonly #m: Float64Array;
  readonly #v: Float64Array;
  #steps = 0;

  constructor(length: number) {
    this.#m = new Float64Array(length);
    this.#v = new Float64Array(length);
  }

  /** Takes the next gradient; returns P, by which Adam divides, and its step against m. */
  next(g: Float64Array): { readonly preconditioner: Float64Array; readonly step: Float64Array } {
    this.#steps++;
    for (let i = 0; i < g.length; i++) {
      this.#m[i] += (1 - BETA1) * (g[i] - this.#m[i]);
      this.#v[i] += (1 - BETA2) * (g[i] ** 2 - this.#v[i]);
    }
    const [forM, forV] = [BETA1, BETA2].map((beta) => 1 - beta ** this.#steps);
    const preconditioner = this.#v.map((v) => Math.sqrt(v / forV) + EPS);
    return { preconditioner, step: this.#m.map((m, i) => (LR * m) / forM / preconditioner[i]) };
  }
}

/** How the sharpness changes in a net's training by Adam. */
interface Run {
  /** The loss before each step. */
  readonly losses: readonly number[];
  /** Steps taken before each measurement. */
  readonly at: readonly number[];
  /** λmax of P^(−½)·H·P^(−½). */
  readonly preconditioned: readonly number[];
  /** λmax of H itself, and the steps taken before. */
  readonly plain: readonly number[];
  readonly plainAt: readonly number[];
  /** The largest difference of a weight's step from Adam's formula, over the longest step. */
  readonly offFormula: number;
  /** The last preconditioned sharpness found from nothing, and the curvature along its vector by differences of gradients. */
  readonly anew: Sharpness;
}

function trained(task: Task, seed: number, device: Device, { adam, sharpness, steps }: Subjects): Promise<Run> {
  const optimizer = adam({ lr: LR, beta1: BETA1, beta2: BETA2, eps: EPS });
  return withObjective({ ...task, device, dtype: "f32" }, async (objective) => {
    const [losses, at, preconditioned, plainAt, plain]: number[][] = [[], [], [], [], []];
    const averages = new Averages(objective.dimension);
    let [off, longest] = [0, 0];
    let from: { readonly preconditioned?: Float64Array; readonly plain?: Float64Array } = {};
    let end: End | undefined;
    for await (const { taken, loss, w, g, next } of fullBatchSteps(task, { optimizer, steps, seed }, device)) {
      losses.push(loss);
      const { preconditioner, step } = averages.next(g);
      off = Math.max(
        off,
        largestDifference(
          w.map((x, i) => x - next[i]),
          step,
        ),
      );
      longest = step.reduce((most, x) => Math.max(most, Math.abs(x)), longest);
      if (taken % EVERY !== 0) continue;
      const found = await sharpness(objective, w, { preconditioner, ...startAt(from.preconditioned) });
      at.push(taken);
      preconditioned.push(found.value);
      end = { w, preconditioner };
      from = { ...from, preconditioned: found.vector };
      if (taken % PLAIN_EVERY !== 0) continue;
      const bare = await sharpness(objective, w, startAt(from.plain));
      from = { ...from, plain: bare.vector };
      plainAt.push(taken);
      plain.push(bare.value);
    }
    if (end === undefined) throw new Error("a run without steps has no sharpness");
    const anew = await anewAt(task, end, device);
    return { losses, at, preconditioned, plainAt, plain, offFormula: off / longest, anew };
  });
}

/** The weights and the preconditioner at the last measurement. */
interface End {
  readonly w: Float64Array;
  readonly preconditioner: Float64Array;
}

/** The preconditioned sharpness found from nothing in float64, in the variables √P·w. */
const anewAt = (task: Task, { w, preconditioner }: End, device: Device): Promise<Sharpness> =>
  withObjective({ ...task, device }, (objective) => {
    const own = scaled(objective, preconditioner.map(Math.sqrt));
    return sharpnessAt(own, own.from(w), extremeEigenvaluesAsync);
  });

const last = (values: readonly number[]): number => values[values.length - 1];
const lateOf = ({ at, preconditioned }: Run): number[] => lateValues(at, preconditioned, SETTLED);

/** Cohen et al. 2022, Adaptive gradient methods at the edge of stability. */
export const adamEdge = experiment({
  id: "adam-edge",
  title: "Adam at an edge of stability of its own",
  claim:
    "On the full batch Adam, too, trains at an edge: the largest eigenvalue of the Hessian divided by √v̂ rises to " +
    "(2 + 2β₁)/((1 − β₁)·lr), 38/lr with β₁ = 0.9, and stays there; λmax itself is far below 2/lr, the edge of gradient descent.",
  subjects,
  async measure(given, subjects) {
    const { edgeOf, seeds, steps } = subjects;
    const { data, examples, device } = await trainingSet(given, { most: MOST_EXAMPLES });
    const task = squaredErrorTask(data, examples);
    const runs = await inTurn(seeds, (seed) => trained(task, seed, device, subjects));
    const edge = edgeOf(LR, BETA1);
    const shares = runs.map((run) => lateOf(run).map((value) => value / edge));
    const numbers = {
      examples: examples.count,
      hiddenUnits: HIDDEN,
      steps,
      lr: LR,
      beta1: BETA1,
      beta2: BETA2,
      edge,
      edgeExpected: 38 / LR,
      seeds,
      medianShareOfEdge: shares.map(median),
      lowestShareOfEdge: shares.map((values) => Math.min(...values)),
      highestShareOfEdge: shares.map((values) => Math.max(...values)),
      risingSteps: runs.map((run) => risingShare(run, SETTLED)),
      edgeOfGradientDescent: 2 / LR,
      highestPlainSharpness: runs.map(({ plain }) => Math.max(...plain)),
      lossWhereTheEdgeIsReached: runs.map(({ losses }) => mean(losses.slice(SETTLED, SETTLED + SPAN))),
      lossAtTheEnd: runs.map(({ losses }) => mean(losses.slice(-SPAN))),
      largestDifferenceFromFormula: Math.max(...runs.map(({ offFormula }) => offFormula)),
    };
    return { numbers, runs };
  },
  holds: ({ numbers, runs }) =>
    near(numbers.edge, numbers.edgeExpected, 1e-12) &&
    numbers.largestDifferenceFromFormula < 1e-3 &&
    runs.every(({ anew, preconditioned }) => isLargest(anew) && near(last(preconditioned), anew.value, 2e-3)) &&
    numbers.medianShareOfEdge.every((share) => Math.abs(share - 1) <= 0.08) &&
    numbers.highestPlainSharpness.every((value) => value < 0.1 * numbers.edgeOfGradientDescent) &&
    numbers.lossAtTheEnd.every((loss, i) => loss < numbers.lossWhereTheEdgeIsReached[i]),
  told: ({ numbers }) => [
    facts({
      examples: numbers.examples,
      "hidden units": HIDDEN.join(", "),
      steps: numbers.steps,
      "learning rate": LR,
      "β₁": BETA1,
      "β₂": BETA2,
      "edge, (2 + 2β₁)/((1 − β₁)·lr)": numbers.edge,
      "largest difference from Adam's formula, relative to the longest step": numbers.largestDifferenceFromFormula,
    }),
    numberTable(`Preconditioned sharpness over its edge, from step ${SETTLED} on`, {
      seed: numbers.seeds,
      median: numbers.medianShareOfEdge,
      lowest: numbers.lowestShareOfEdge,
      highest: numbers.highestShareOfEdge,
      "share of steps at which the loss rises": numbers.risingSteps,
    }),
    numberTable("Meanwhile", {
      seed: numbers.seeds,
      "highest λmax of the Hessian itself": numbers.highestPlainSharpness,
      "edge of gradient descent, 2/lr": numbers.seeds.map(() => numbers.edgeOfGradientDescent),
      [`loss from step ${SETTLED}`]: numbers.lossWhereTheEdgeIsReached,
      "loss at the end": numbers.lossAtTheEnd,
    }),
  ],
  plot: ({ numbers, runs }) => drawing(runs, numbers.edge, numbers.medianShareOfEdge),
});

function drawing(runs: readonly Run[], edge: number, medians: readonly number[]): Figure {
  const label = `Adam, lr ${LR}`;
  return figure({
    title: "Adam at its edge of stability",
    description:
      `The largest eigenvalue of the preconditioned Hessian is, from step ${SETTLED} on, at ${medians.map((share) => share.toFixed(2)).join(", ")} ` +
      `times Adam's edge, 38/lr = ${formatNumber(edge, 3)}, in the median. λmax of the Hessian itself is ` +
      `${formatNumber(Math.max(...runs.flatMap(({ plain }) => plain)), 3)} at most; the edge of gradient descent is at ${formatNumber(2 / LR, 3)}. Bands: lowest and highest of ${runs.length} nets.`,
    width: 1080,
    panels: [
      panel({
        title: "Preconditioned sharpness",
        x: { label: "step" },
        y: { label: "λmax of P^(−½)·H·P^(−½)", scale: "log" },
        marks: [
          ...edgeMarks(edge, "edge, 38/lr"),
          ...rangesByStep(
            label,
            runs.map(({ at, preconditioned }) => ({ at, values: preconditioned })),
          ),
        ],
      }),
      panel({
        title: "Sharpness",
        x: { label: "step" },
        y: { label: "λmax of H", scale: "log", domain: [1, 1000] },
        marks: [
          ...edgeMarks(2 / LR, "edge of gradient descent, 2/lr"),
          ...rangesByStep(
            label,
            runs.map(({ plainAt, plain }) => ({ at: plainAt, values: plain })),
          ),
        ],
      }),
      panel({
        title: "Loss",
        x: { label: "step" },
        y: { label: "loss over all examples", scale: "log" },
        marks: [line({ y: runs[0].losses, label, weight: "normal", dash: "solid" })],
      }),
    ],
  });
}
