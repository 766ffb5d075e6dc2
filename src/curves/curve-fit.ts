import type { OutcomeKind } from "../solvers/index.ts";
import type { CurveData } from "./observations.ts";
import type { RobustLoss } from "./robust.ts";

/** The lower and the upper end of an interval. */
export type CurveInterval = readonly [low: number, high: number];

/** A parameter of a fitted curve. */
export interface FittedParameter {
  readonly name: string;
  readonly value: number;
  /** null for a parameter that is fixed, at a bound, or not determined by the data, and if there are as many parameters as rows. */
  readonly standardError: number | null;
  /** The confidence interval: value ± Student's t · standard error. */
  readonly interval: CurveInterval | null;
  readonly fixed?: true;
  /** It ended at this bound, beyond which the fit would be better. It has no standard error: its distribution is not a normal one. */
  readonly atBound?: "low" | "high";
  /** The data do not determine it: others can make up for any change. */
  readonly undetermined?: true;
}

/** A prediction for a row. */
export interface CurvePrediction {
  readonly value: number;
  /** Where the curve is, with the fit's `level` of confidence. */
  readonly confidence: CurveInterval | null;
  /** Where a new measurement will be. null if the fit was weighted by a column that the row lacks. */
  readonly prediction: CurveInterval | null;
}

/** How the fit was found. */
export interface CurveStarts {
  /** Points at which the loss was computed; 1 if a start was given. */
  readonly tried: number;
  /** The best of these, from which the fit was begun. */
  readonly walked: number;
  /** How many of these led to the best fit. */
  readonly reached: number;
}

/** A curve fitted to data. All but `predict` is plain data. */
export interface CurveFit {
  readonly formula: string;
  readonly response: string;
  readonly predictors: readonly string[];
  readonly parameters: readonly FittedParameter[];
  /** The number n of rows that count. */
  readonly observations: number;
  /** Σ wᵢrᵢ². */
  readonly sumOfSquares: number;
  /** n minus the number p of fitted parameters; those at a bound count, fixed ones do not. */
  readonly degreesOfFreedom: number;
  /** √(sum of squares / degrees of freedom); for a robust loss, the minimized loss takes the place of the sum. */
  readonly residualStandardError: number | null;
  /** 1 − Σ wᵢrᵢ² / Σ wᵢ(yᵢ − ȳ)². */
  readonly r2: number | null;
  /** 1 − (1 − R²)(n − 1)/(n − p). */
  readonly adjustedR2: number | null;
  /** Σ (rᵢ/σᵢ)², and the same over the degrees of freedom: about 1 if σ is right. null without `sigma`. */
  readonly chiSquare: number | null;
  readonly reducedChiSquare: number | null;
  /** −2 ln L + 2k with k = p + 1, as R's AIC has it: ln L = −n/2·(ln 2π + 1 + ln(Σwr²/n)) + ½Σ ln w. null for robust losses. */
  readonly aic: number | null;
  /** −2 ln L + k ln n. */
  readonly bic: number | null;
  /** The probability of the intervals. */
  readonly level: number;
  /** By parameter; null in the rows and columns of those without a standard error. */
  readonly covariance: readonly (readonly (number | null)[])[];
  readonly correlation: readonly (readonly (number | null)[])[];
  /** The loss that was minimized: C²·Σ ρ, which is the sum of squares if it is linear. */
  readonly loss: { readonly kind: RobustLoss; readonly scale: number; readonly value: number };
  readonly weighting: "none" | "weights" | "sigma" | "absolute sigma";
  readonly outcome: { readonly kind: OutcomeKind; readonly reason: string; readonly iterations: number };
  readonly starts: CurveStarts;
  /** Rows that were left out, since a value was missing or their weight is 0. */
  readonly dropped: number;
  /** The predictors' values in the rows that count, and in these rows the response and the fitted value. */
  readonly columns: Readonly<Record<string, readonly number[]>>;
  readonly observed: readonly number[];
  readonly fitted: readonly number[];
  /** Predicts new rows: each predictor is a column of theirs. */
  predict(rows: CurveData): CurvePrediction[];
}
