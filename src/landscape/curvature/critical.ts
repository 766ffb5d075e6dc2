import { checkNumber, checkOptions, domains, whole } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { addScaled } from "../../linalg/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import { checkObjective, checkPoint } from "../checks/objectives.ts";
import { checkVector } from "../checks/vectors.ts";

/** How critical sharpness is searched. */
export interface CriticalOptions {
  /** The first step size to try, such as the last one found or the learning rate. Default 1. */
  readonly guess?: number;
  /** The step is known to this fraction of itself, or better. Default 0.05. */
  readonly accuracy?: number;
  /** The loss at w, if known: saves a pass. */
  readonly loss?: number;
  /** The most evaluations of the loss. Default 60. */
  readonly passes?: number;
  /** Stops the search. */
  readonly signal?: AbortSignal;
}

/** The sharpness that a step along an update meets. */
export interface CriticalSharpness {
  /** λ_c = 2/η_c; null if there is no η_c. */
  readonly value: number | null;
  /** η_c, the step size from which on the loss rises. */
  readonly step: number | null;
  /** Why there is none: the loss falls at no step that was tried, as the update does not lead down, or rises at none. */
  readonly outcome: "found" | "never falls" | "never rises";
  /** Evaluations of the loss. */
  readonly passes: number;
}

const names = ["guess", "accuracy", "loss", "passes", "signal"] as const;

/**
 * Critical sharpness λ_c = 2/η_c, where η_c is the smallest step size η at which the loss at w + η·update is not below that at
 * w: a few evaluations of the loss instead of many Hessian-vector products. The step is doubled or halved until η_c is
 * between two, and then bisected; between the last two, the loss is taken for a parabola. On a quadratic, for update =
 * −gradient, λ_c is gᵀHg/‖g‖², at most λmax. If the loss rises and falls again between two steps that are tried, a larger η
 * may be found. A loss that is not finite counts as risen. Kalra et al. 2026, A scalable measure of loss landscape
 * curvature for analyzing the training dynamics of LLMs, arXiv:2601.16979. Throws a RangeError for wrong options, for a w or
 * an update of another length or with numbers that are not finite, and if the loss at w is not finite; a TypeError for anything but an objective and
 * two vectors; and the signal's reason once it is aborted.
 *
 * @param update what is added to w for a step size of 1, n values: −gradient for gradient descent, −m̂/(√v̂ + ε) for Adam
 */
export async function criticalSharpness(
  objective: Pick<AsyncObjective, "name" | "dimension" | "value">,
  w: Vector,
  update: Vector,
  options: CriticalOptions = {},
): Promise<CriticalSharpness> {
  checkObjective("criticalSharpness", objective, ["value"]);
  checkPoint(objective, w);
  checkVector(`${objective.name}: the update`, update, w.length);
  const { guess = 1, accuracy = 0.05, passes: most = 60, signal } = checkCritical(options);
  let passes = 0;
  const lossAt = async (step: number): Promise<number> => {
    signal?.throwIfAborted();
    passes++;
    const there = Float64Array.from(w);
    if (step > 0) addScaled(there, step, update);
    return await objective.value(there);
  };
  const here = options.loss ?? (await lossAt(0));
  if (!Number.isFinite(here)) throw new RangeError(`${objective.name}: the loss is ${here} at this point`);
  let low: Trial = { step: 0, rise: 0 };
  let high: Trial = { step: Number.POSITIVE_INFINITY, rise: Number.NaN };
  const isKnown = (): boolean =>
    low.step > 0 && high.step < Number.POSITIVE_INFINITY && high.step - low.step <= accuracy * high.step;
  while (passes < most && !isKnown()) {
    const step = nextStep(low.step, high.step, guess);
    const trial = { step, rise: (await lossAt(step)) - here };
    if (hasRisen(trial)) high = trial;
    else low = trial;
  }
  if (low.step === 0) return { value: null, step: null, outcome: "never falls", passes };
  if (high.step === Number.POSITIVE_INFINITY) return { value: null, step: null, outcome: "never rises", passes };
  const step = crossing(low, high);
  return { value: 2 / step, step, outcome: "found", passes };
}

/** The guess, then twice the step as long as the loss has never risen, then the middle: half the step as long as it always has. */
const nextStep = (low: number, high: number, guess: number): number =>
  Number.isFinite(high) ? (low + high) / 2 : low === 0 ? guess : 2 * low;

/** A step size, and by how much the loss rises. */
interface Trial {
  readonly step: number;
  readonly rise: number;
}

/** A loss that is as it was counts as risen, too, as it is where a step is too small to change it; so does one that is not a number. */
const hasRisen = ({ rise }: Trial): boolean => !(rise < 0);

/** Where the rise is 0: on a parabola through 0, rise/step is linear. */
function crossing(low: Trial, high: Trial): number {
  const [below, above] = [low.rise / low.step, high.rise / high.step];
  const share = -below / (above - below);
  return low.step + (high.step - low.step) * (share >= 0 && share <= 1 ? share : 0.5);
}

function checkCritical(options: CriticalOptions): CriticalOptions {
  checkOptions("criticalSharpness", options, names);
  const { guess, accuracy, loss, passes } = options;
  if (guess !== undefined) checkNumber("criticalSharpness: guess", guess, domains.positive);
  if (accuracy !== undefined) checkNumber("criticalSharpness: accuracy", accuracy, domains.between);
  if (loss !== undefined) checkNumber("criticalSharpness: loss", loss, domains.finite);
  if (passes !== undefined) checkNumber("criticalSharpness: passes", passes, whole(3));
  return options;
}
