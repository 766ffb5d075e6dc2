import { checkNumber, checkOptions, domains, whole } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { dot } from "../../linalg/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import { Random } from "../../random/index.ts";
import { checkObjective, checkPoint } from "../checks/objectives.ts";
import { productsOf, signs } from "./products.ts";

/** When an estimate of the trace is good enough. */
export interface TraceOptions {
  /** Stops once the standard error is at most this fraction of the estimate. Default 0.05. */
  readonly accuracy?: number;
  /** The most Hessian-vector products. Default 100. */
  readonly samples?: number;
  /** The fewest: the standard error of a few samples is uncertain itself. Default 10, or `samples` if that is less. */
  readonly least?: number;
  /** Seed of the random signs. Default 1. */
  readonly seed?: number;
  /** Stops the search. */
  readonly signal?: AbortSignal;
}

/** An estimate of the Hessian's trace: the sum of its eigenvalues. */
export interface TraceEstimate {
  /** The estimate. */
  readonly trace: number;
  /** Its standard error; null after one sample. */
  readonly standardError: number | null;
  /** Hessian-vector products taken. */
  readonly samples: number;
}

const names = ["accuracy", "samples", "least", "seed", "signal"] as const;

/**
 * The trace of the Hessian: the mean of vᵀHv over vectors v of random signs, which is exact from one sample for a diagonal
 * Hessian; else its variance is 2·Σ Hᵢⱼ² over i ≠ j. Hutchinson 1990, A stochastic estimator of the trace of the influence
 * matrix for Laplacian smoothing splines. Throws a RangeError for wrong options, for a w of another length or with numbers
 * that are not finite, and where a product is not finite; a TypeError for options of another kind, and if the objective has no Hessian-vector
 * products; and the signal's reason once it is aborted.
 */
export async function hessianTrace(
  objective: AsyncObjective,
  w: Vector,
  options: TraceOptions = {},
): Promise<TraceEstimate> {
  checkObjective("hessianTrace", objective, ["hessianProduct"]);
  checkPoint(objective, w);
  checkOptions("hessianTrace", options, names);
  const { accuracy = 0.05, samples = 100, seed = 1, signal } = options;
  checkNumber("hessianTrace: accuracy", accuracy, domains.between);
  checkNumber("hessianTrace: samples", samples, whole(1));
  const least = checkNumber("hessianTrace: least", options.least ?? Math.min(10, samples), whole(1, samples));
  checkNumber("hessianTrace: seed", seed, whole(0));
  const multiply = productsOf(objective, w, signal);
  const random = new Random(seed, "signs");
  const v = new Float64Array(w.length);
  // Welford's running mean and sum of squared deviations.
  let [mean, squares] = [0, 0];
  for (let k = 1; ; k++) {
    const sample = dot(signs(random, v), await multiply(v));
    const deviation = sample - mean;
    mean += deviation / k;
    squares += deviation * (sample - mean);
    const standardError = k > 1 ? Math.sqrt(squares / (k * (k - 1))) : null;
    const isGood = standardError !== null && k >= least && standardError <= accuracy * Math.abs(mean);
    if (k >= samples || isGood) return { trace: mean, standardError, samples: k };
  }
}
