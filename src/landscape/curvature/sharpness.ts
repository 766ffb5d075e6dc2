import {
  atLeast,
  checkChoice,
  checkNumber,
  checkOptions,
  domains,
  isOptions,
  quoteValue,
  whole,
} from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { norm } from "../../linalg/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import { Random } from "../../random/index.ts";
import { type EigenOptions, type EigenPair, extremeEigenvaluesAsync } from "../../solvers/index.ts";
import { checkObjective, checkPoint } from "../checks/objectives.ts";
import { checkFloat64, checkVector } from "../checks/vectors.ts";
import { untilAborted } from "./products.ts";
import { scaled } from "./variables.ts";

/** How sharpness is measured. */
export interface SharpnessOptions {
  /** P, n numbers above 0: the result is λmax of P^(−1/2)·H·P^(−1/2). For Adam: `adamPreconditioner`. Default: ones. */
  readonly preconditioner?: Vector;
  /** The eigenvector found at a point nearby, such as some steps of training ago, from which it takes fewer products. */
  readonly start?: Float64Array;
  /** The most Hessian-vector products. Default 100. */
  readonly steps?: number;
  /** It is found once ‖Hv − λv‖ is at most this fraction of the largest |λ|; its own error is smaller. Default 1e-3. */
  readonly accuracy?: number;
  /** Seed of the first vector. Default 1. */
  readonly seed?: number;
  /** How the search keeps its vectors, n numbers for each product: "f32" takes half the memory. Default "f64". */
  readonly basis?: EigenOptions["basis"];
  /** Stops the search. */
  readonly signal?: AbortSignal;
}

/** The sharpness at a point. */
export interface Sharpness extends EigenPair {
  /** Hessian-vector products taken. */
  readonly products: number;
}

const names = ["preconditioner", "start", "steps", "accuracy", "seed", "basis", "signal"] as const;

/** The part of the first vector that is random: without it a search from an eigenvector would find that one again. */
const RANDOM_PART = 0.1;

/**
 * The sharpness, λmax of the Hessian, by Lanczos' method. Gradient descent is stable on a quadratic while lr < 2/λmax;
 * on nets λmax rises until it is about 2/lr and stays there (Cohen et al. 2021, Gradient descent on neural networks
 * typically occurs at the edge of stability). With a preconditioner P, λmax of P^(−1/2)·H·P^(−1/2), which for Adam rises
 * to (2 + 2β₁)/((1 − β₁)·lr) (Cohen et al. 2022, Adaptive gradient methods at the edge of stability); `vector` is then
 * an eigenvector of that matrix. Throws a RangeError for wrong options, for a w of another length or with numbers that are not finite, and where
 * a product is not finite; a TypeError for options of another kind, and if the objective has no Hessian-vector products; and the signal's reason
 * once it is aborted.
 */
export async function sharpness(
  objective: AsyncObjective,
  w: Vector,
  options: SharpnessOptions = {},
): Promise<Sharpness> {
  checkObjective("sharpness", objective, ["hessianProduct"]);
  checkPoint(objective, w);
  checkSharpness(options, objective.dimension);
  const { preconditioner, start, steps = 100, accuracy = 1e-3, seed = 1, basis = "f64", signal } = options;
  const scales = preconditioner && Float64Array.from(preconditioner, Math.sqrt);
  const f = scales && scaled(objective, scales);
  const { largest, products } = await extremeEigenvaluesAsync(
    untilAborted(f ?? objective, signal),
    f?.from(w) ?? Float64Array.from(w),
    { steps, accuracy, seed, basis, ends: "largest", ...(start && { start: blurred(start, seed) }) },
  );
  return { ...largest[0], products };
}

function checkSharpness(options: SharpnessOptions, n: number): void {
  checkOptions("sharpness", options, names);
  const { preconditioner, start, steps, accuracy, seed, basis } = options;
  if (preconditioner !== undefined) checkPositive("sharpness: the preconditioner", preconditioner, n);
  if (start !== undefined) checkFloat64("sharpness: start", start, n);
  if (steps !== undefined) checkNumber("sharpness: steps", steps, domains.count);
  if (accuracy !== undefined) checkNumber("sharpness: accuracy", accuracy, domains.between);
  if (seed !== undefined) checkNumber("sharpness: seed", seed, domains.count);
  if (basis !== undefined) checkChoice("sharpness: basis", basis, ["f64", "f32"]);
}

function checkPositive(what: string, vector: Vector, n: number): void {
  checkVector(what, vector, n);
  const at = vector.findIndex((entry) => !(entry > 0));
  if (at >= 0) throw new RangeError(`${what} is ${vector[at]} at ${at}; all its numbers must be above 0`);
}

/** A vector of length 1, plus a random one. */
function blurred(vector: Float64Array, seed: number): Float64Array {
  const random = new Random(seed, "sharpness");
  const noise = vector.map(() => random.normal());
  const [length, size] = [norm(vector), norm(noise) / RANDOM_PART];
  return vector.map((x, i) => (length > 0 ? x / length + noise[i] / size : x));
}

/** Adam's settings, by the names of `adam`. */
export interface AdamScale {
  /** Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-8. */
  readonly eps?: number;
}

/**
 * Adam's preconditioner after t steps, P = √v̂ + ε with v̂ = v/(1 − β₂ᵗ), n numbers: a step is lr·m̂/P. `state` is that of
 * an optimizer with a slot v, such as `adam`. Cohen et al. 2022 multiply P by 1 − β₁ᵗ, since their momentum is not corrected
 * for its start; after 100 steps with β₁ = 0.9 that is 1 to 4 digits. Throws a TypeError for anything but a state with v and t, and a RangeError
 * for a state before the first step, for a v with numbers below 0 or not finite, and for wrong settings.
 */
export function adamPreconditioner(
  state: { readonly v: Vector; readonly t: number },
  scale: AdamScale = {},
): Float64Array {
  if (!isOptions(state))
    throw new TypeError(
      `adamPreconditioner: the state is ${quoteValue(state)}; give one with v and t, as adam keeps it`,
    );
  const { v, t } = state;
  checkVector("adamPreconditioner: v", v);
  const below = v.findIndex((x) => x < 0);
  if (below >= 0)
    throw new RangeError(`adamPreconditioner: v is ${v[below]} at ${below}; a mean of squares has no number below 0`);
  checkOptions("adamPreconditioner", scale, ["beta2", "eps"], "adamPreconditioner(state, { beta2: 0.999 })");
  const { beta2 = 0.999, eps = 1e-8 } = scale;
  checkNumber("adamPreconditioner: t", t, whole(1));
  checkNumber("adamPreconditioner: beta2", beta2, domains.fraction);
  checkNumber("adamPreconditioner: eps", eps, atLeast(0));
  const correction = 1 - beta2 ** t;
  return Float64Array.from(v, (x) => Math.sqrt(x / correction) + eps);
}
