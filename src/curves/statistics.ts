import type { CurveFit } from "./curve-fit.ts";

export interface FitFacts {
  readonly observed: Float64Array;
  readonly fitted: Float64Array;
  /** One for each row, all above 0; undefined for 1. */
  readonly weights: Float64Array | undefined;
  /** The number of fitted parameters. */
  readonly count: number;
  /** The minimized loss. */
  readonly loss: number;
  readonly isRobust: boolean;
  readonly hasSigma: boolean;
  readonly isAbsolute: boolean;
}

type Statistics = Pick<
  CurveFit,
  | "observations"
  | "sumOfSquares"
  | "degreesOfFreedom"
  | "residualStandardError"
  | "r2"
  | "adjustedR2"
  | "chiSquare"
  | "reducedChiSquare"
  | "aic"
  | "bic"
>;

/** How well a curve fits. */
export function statisticsOf(facts: FitFacts): Statistics {
  const { observed, fitted, weights, count: p, loss, isRobust, hasSigma } = facts;
  const n = observed.length;
  const weight = (i: number): number => weights?.[i] ?? 1;
  const sum = (term: (i: number) => number): number => observed.reduce((total, _, i) => total + term(i), 0);
  const sumOfSquares = sum((i) => weight(i) * (observed[i] - fitted[i]) ** 2);
  const mean = sum((i) => weight(i) * observed[i]) / sum(weight);
  const total = sum((i) => weight(i) * (observed[i] - mean) ** 2);
  const df = n - p;
  const r2 = total > 0 ? 1 - sumOfSquares / total : null;
  const criteria = isRobust ? { aic: null, bic: null } : information(facts, sumOfSquares);
  return {
    observations: n,
    sumOfSquares,
    degreesOfFreedom: df,
    residualStandardError: df > 0 ? Math.sqrt((isRobust ? loss : sumOfSquares) / df) : null,
    r2,
    adjustedR2: r2 === null || df === 0 ? null : 1 - ((1 - r2) * (n - 1)) / df,
    chiSquare: hasSigma ? sumOfSquares : null,
    reducedChiSquare: hasSigma && df > 0 ? sumOfSquares / df : null,
    ...criteria,
  };
}

/** From the likelihood of normal errors; with absolute σ there is no variance to estimate. null for a perfect fit. */
function information({ observed, weights, count, isAbsolute }: FitFacts, sumOfSquares: number) {
  const n = observed.length;
  const logWeights = weights?.reduce((sum, w) => sum + Math.log(w), 0) ?? 0;
  const variance = isAbsolute ? 1 : sumOfSquares / n;
  const twice = n * Math.log(2 * Math.PI * variance) + sumOfSquares / variance - logWeights;
  const k = isAbsolute ? count : count + 1;
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return { aic: finite(twice + 2 * k), bic: finite(twice + k * Math.log(n)) };
}
