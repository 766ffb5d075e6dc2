import type { AsyncObjective, Objective } from "../../objective/index.ts";
import { Random } from "../../random/index.ts";
import { type Computation, finish, finishAsync } from "../run/computation.ts";
import { Evaluator } from "../run/evaluator.ts";
import { checkSettings, count } from "../solver-settings.ts";

/** The effort and the seed of an estimate of the Hessian's diagonal. */
export interface DiagonalOptions {
  /** Number of Hessian-vector products. Default 100. */
  readonly samples?: number;
  /** Seed of the random vectors. Default 1. */
  readonly seed?: number;
}

/** An estimate of the Hessian's diagonal: n entries, and how uncertain each is. */
export interface DiagonalEstimate {
  /** The estimate, n entries. */
  readonly diagonal: Float64Array;
  /** The standard error of each entry. */
  readonly standardError: Float64Array;
}

/**
 * The Hessian's diagonal without the Hessian: it is the expectation of v ⊙ ∇²f·v over vectors v of random signs,
 * estimated by a mean. Hutchinson 1990, A stochastic estimator of the trace of the influence matrix; Bekas, Kokiopoulou
 * & Saad 2007. The error falls as 1/√samples; it is 0 for a diagonal Hessian. Throws a TypeError if the objective has
 * no Hessian-vector products.
 */
export const diagonalHessian = (
  objective: Objective,
  x: Float64Array,
  options: DiagonalOptions = {},
): DiagonalEstimate => finish(estimate(objective, x, options));

/** `diagonalHessian` for objectives that return promises. */
export const diagonalHessianAsync = (
  objective: AsyncObjective,
  x: Float64Array,
  options: DiagonalOptions = {},
): Promise<DiagonalEstimate> => finishAsync(estimate(objective, x, options));

function* estimate(
  objective: AsyncObjective,
  x: Float64Array,
  options: DiagonalOptions,
): Computation<DiagonalEstimate> {
  const allowed = { samples: count, seed: count };
  const { samples, seed } = checkSettings("diagonal Hessian", { samples: 100, seed: 1 }, options, allowed);
  const random = new Random(seed, "signs");
  const f = new Evaluator(objective);
  const n = x.length;
  const [v, hv, mean, squares] = [n, n, n, n].map((length) => new Float64Array(length));
  for (let k = 1; k <= samples; k++) {
    for (let i = 0; i < n; i++) v[i] = random.uniform() < 0.5 ? -1 : 1;
    yield* f.hessianProduct(x, v, hv);
    // Welford's running mean and sum of squared deviations.
    for (let i = 0; i < n; i++) {
      const sample = v[i] * hv[i];
      const deviation = sample - mean[i];
      mean[i] += deviation / k;
      squares[i] += deviation * (sample - mean[i]);
    }
  }
  const variance = samples > 1 ? samples * (samples - 1) : Number.NaN;
  return { diagonal: mean, standardError: squares.map((sum) => Math.sqrt(sum / variance)) };
}
