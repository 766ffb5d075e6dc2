import { atLeast, checkNumber, checkOptions, domains, whole } from "../../arguments/index.ts";
import { ewa } from "../../averages/index.ts";
import { refuseDataOptions } from "../../data/index.ts";
import { yieldEvery } from "../../device/index.ts";
import type { GradientSource } from "../../objective/index.ts";
import { type Optimizer, rule } from "../../optimizers/index.ts";
import type { Solver } from "../../solvers/index.ts";
import { checkMethod, checkRun } from "../check-options.ts";
import { isSolver, type RunOptions, resolveTrainOptions, type TrainOptions } from "../options.ts";
import { RuleSteps } from "../rule-steps.ts";

/** How many steps a test may take: fewer show nothing, and it keeps a point of each. */
export const RANGE_STEPS = whole(10, 100_000);

/** How the range of learning rates is tried. */
export interface LrRangePlan {
  /** The learning rate of the first step. Default 1e-6. */
  readonly from?: number;
  /** The learning rate of the last step. Default 10. */
  readonly to?: number;
  /** Steps from the first to the last, each by the same factor larger: from 10 to 100,000. Default 100. */
  readonly steps?: number;
  /** How much of the smoothed loss stays from step to step. Default 0.9: a smoother curve would lag further behind. */
  readonly beta?: number;
  /** The test ends where the smoothed loss is this many times its lowest. Default 4. */
  readonly blowUp?: number;
}

/** Options of `lrRange`. The validation and test sets are not used. */
export interface LrRangeOptions
  extends LrRangePlan,
    Pick<TrainOptions, "model" | "data" | "batchSize" | "sampler" | "dropLast" | "augment" | "seed" | "l2" | "dtype">,
    Pick<TrainOptions, "freeze">,
    Pick<RunOptions, "signal" | "initial"> {
  /** An update rule. Its own learning rate, or schedule of it, is not used. */
  readonly optimizer: Optimizer;
  /** Called after each step. */
  readonly onPoint?: (point: LrRangePoint) => void;
}

/** A step of the test. */
export interface LrRangePoint {
  /** The learning rate of the step. */
  readonly lr: number;
  /** The loss of the next batch, the first that shows the effect of the step. */
  readonly loss: number;
  /** The losses so far, as a bias-corrected exponentially weighted average. */
  readonly smoothed: number;
}

/** The result of a learning rate range test. */
export interface LrRange {
  /** The steps, until the loss blew up or the range ended. */
  readonly points: readonly LrRangePoint[];
  /** Where the smoothed loss falls fastest, by the logarithm of the rate: the proposal. Null where it never falls. */
  readonly steepest: LrRangePoint | null;
  /** Where the smoothed loss is lowest: the largest rate worth considering. Null where it never falls. */
  readonly lowest: LrRangePoint | null;
  /** A tenth of the rate of the lowest loss, the other rule of thumb. */
  readonly tenth: number | null;
  /**
   * Why it ended: at the last rate, where the smoothed loss blew up, where a value was not finite, or by the signal.
   */
  readonly outcome: "completed" | "blew up" | "diverged" | "interrupted";
  /** The learning rate at which the loss blew up or was not finite; null if it did not. */
  readonly blowUpAt: number | null;
}

/**
 * The learning rate range test (Smith 2017, Cyclical Learning Rates for Training Neural Networks, section 3.3): trains from
 * the initial weights on, at a rate that grows from step to step, and looks at what becomes of the loss.
 *
 *     lrₜ = from · (to / from)^s = from^(1 − s) · to^s, s = (t − 1) / (steps − 1)
 *
 * Smith's grows by a constant; that it grows by a factor, that the loss is smoothed, and that the test ends at 4 times the
 * lowest are customs of fastai's `lr_find`, which Lightning and torch-lr-finder keep. Of their proposals it gives the two
 * usual ones: the steepest descent of the smoothed loss, over the rate's logarithm, and a tenth of the rate of its minimum.
 * The loss of a step is that of the next batch: before the step it does not know the rate yet.
 *
 * The weights are the test's own. The engine, or what else computes gradients, is released at the end. Throws a RangeError
 * for options out of range and for a rule without a learning rate.
 */
export async function lrRangeOn(options: LrRangeOptions, source: GradientSource): Promise<LrRange> {
  const { steps, average, rates, blowUp } = ready(options, source);
  const { onPoint } = options;
  const rest = yieldEvery();
  const points: LrRangePoint[] = [];
  const found = (outcome: LrRange["outcome"], at: number | null): LrRange => ({
    ...{ points, ...proposals(points, rates.length), outcome },
    blowUpAt: outcome === "interrupted" ? null : at,
  });
  try {
    await steps.prepare();
    let lowest = await nextLoss(steps);
    if (lowest === undefined) return found(brokenOff(steps), null);
    average.add(lowest);
    for (const lr of rates) {
      const loss = await nextLoss(steps);
      if (loss === undefined) return found(brokenOff(steps), lr);
      const smoothed = average.add(loss);
      points.push({ lr, loss, smoothed });
      onPoint?.(points[points.length - 1]);
      await rest();
      lowest = Math.min(lowest, smoothed);
      if (lowest > 0 && smoothed > blowUp * lowest) return found("blew up", lr);
    }
    return found("completed", null);
  } finally {
    await steps.dispose();
  }
}

/** Its options, and those of devices. */
const names = [
  ...["model", "data", "optimizer", "from", "to", "steps", "beta", "blowUp"],
  ...["batchSize", "sampler", "dropLast", "augment", "seed", "l2", "dtype", "signal", "initial", "freeze", "onPoint"],
  ...["device", "backend", "threads", "onWarning"],
];

/** Throws for what is no such test, before anything computes. */
export function checkLrRange(options: LrRangeOptions): void {
  refuseDataOptions("lrRange", options, names);
  checkOptions("lrRange", options, names, "lrRange({ model: mlp([64, 32, 10]), data, optimizer: adam() })");
  checkRun(options);
  resolvedRange(options);
}

/** Makes the steps ready, one more than there are rates: for the loss after the last. */
function ready(options: LrRangeOptions, source: GradientSource) {
  const { settings, ...range } = resolvedRange(options);
  return { ...range, steps: new RuleSteps(settings, source) };
}

function resolvedRange(options: LrRangeOptions) {
  const { optimizer: method }: { optimizer: Optimizer | Solver } = options;
  if (typeof method === "object" && isSolver(method))
    throw new RangeError(
      `lrRange: ${method.name} finds the length of each step itself; a range of learning rates is for update rules, such as adam()`,
    );
  checkMethod(method, ["bind"]);
  const { from = 1e-6, to = 10, steps: count = 100, beta = 0.9, blowUp = 4, optimizer, onPoint: _, ...run } = options;
  checkNumber("from", from, domains.positive);
  checkNumber("to", to, domains.positive);
  checkNumber("steps", count, RANGE_STEPS);
  checkNumber("blowUp", blowUp, atLeast(1));
  if (from >= to)
    throw new RangeError(`from is ${from} and to is ${to}; the learning rate grows, so from must be the smaller`);
  const rates = Array.from({ length: count }, (_, i) => between(from, to, i / (count - 1)));
  const settings = resolveTrainOptions({
    ...run,
    optimizer: atRates(optimizer, rates),
    epochs: count + 1,
    maxSteps: count + 1,
  });
  return { settings, average: ewa({ beta }), rates, blowUp };
}

/** The rate at a share s of the way, by logarithms. from · (to / from)^s would overflow in a range as wide as float64. */
const between = (from: number, to: number, s: number): number => from ** (1 - s) * to ** s;

/** The rule with a rate for each step, whatever its own is; the last for the steps after them. */
function atRates({ name, spec, hyper, groups }: Optimizer, rates: readonly number[]): Optimizer {
  if (!Object.hasOwn(hyper, "lr"))
    throw new RangeError(`lrRange: ${name} has no learning rate; take a rule that has one, such as adam()`);
  return rule(spec)({ ...hyper, lr: (t) => rates[Math.min(t, rates.length) - 1] }).grouped(groups);
}

/** The loss of the next batch, before its step. Undefined where the run has ended. */
async function nextLoss(steps: RuleSteps): Promise<number | undefined> {
  const batch = await steps.next();
  if (batch !== undefined || steps.outcome !== undefined) return batch?.loss;
  // The end of an epoch: what its validation would be, nobody asks.
  steps.close({ loss: Number.NaN });
  return (await steps.next())?.loss;
}

const brokenOff = ({ outcome }: RuleSteps): LrRange["outcome"] =>
  outcome?.kind === "interrupted" ? "interrupted" : "diverged";

/**
 * Points on either side over which a slope is measured, as a part of all rates: over neighbours alone it is that of the
 * batches, which fit more or less well. They are a third of a decade of the usual seven. As many are left out at the start.
 */
const REACH = 1 / 20;

function proposals(points: readonly LrRangePoint[], rates: number): Pick<LrRange, "steepest" | "lowest" | "tenth"> {
  const reach = Math.ceil(REACH * rates);
  const lowest = leastBy(points.slice(reach), ({ smoothed }) => smoothed);
  const slopes = points
    .slice(2 * reach)
    .map(({ smoothed }, i) => ({ point: points[i + reach], slope: smoothed - points[i].smoothed }))
    .filter(({ point }) => point.lr <= (lowest?.lr ?? 0));
  const steepest = leastBy(slopes, ({ slope }) => slope);
  if (lowest === undefined || steepest === undefined || steepest.slope >= 0)
    return { steepest: null, lowest: null, tenth: null };
  return { steepest: steepest.point, lowest, tenth: lowest.lr / 10 };
}

const leastBy = <T>(all: readonly T[], of: (each: T) => number): T | undefined =>
  all.length === 0 ? undefined : all.reduce((a, b) => (of(b) < of(a) ? b : a));
