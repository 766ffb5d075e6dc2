import { atLeast, checkNumber, domains } from "../arguments/index.ts";
import { checkBeta } from "./average.ts";

/**
 * Measures of how long an exponentially weighted average remembers, all but β counted in values (days, steps):
 *
 * - β, the weight of the old average when a value is added;
 * - the window 1/(1 − β), after which a weight has fallen to about 1/e: β = 0.9 averages over about 10 values;
 * - the half-life, after which it has fallen to 1/2;
 * - the span, as in pandas, 2/(1 − β) − 1: the length of the plain moving average whose values have the same mean age.
 */

/**
 * The window 1/(1 − β): about how many values the average remembers. Throws a RangeError for a β outside [0, 1), as do
 * the others.
 */
export function windowOf(beta: number): number {
  checkBeta(beta);
  return 1 / (1 - beta);
}

/** β of a window: 1 − 1/window. Throws a RangeError for a window below 1. */
export function betaOfWindow(window: number): number {
  checkNumber("the window", window, atLeast(1));
  return 1 - 1 / window;
}

/** After how many values a weight has fallen to 1/2: log ½ / log β. */
export function halfLifeOf(beta: number): number {
  checkBeta(beta);
  return beta === 0 ? 0 : Math.log(0.5) / Math.log(beta);
}

/** β of a half-life: ½^(1/half-life). Throws a RangeError for a negative half-life. */
export function betaOfHalfLife(halfLife: number): number {
  checkNumber("the half-life", halfLife, domains.notNegative);
  return halfLife === 0 ? 0 : 0.5 ** (1 / halfLife);
}

/** The span of other programs, such as pandas': 2/(1 − β) − 1. */
export function spanOf(beta: number): number {
  checkBeta(beta);
  return 2 / (1 - beta) - 1;
}

/** β of a span: 1 − 2/(span + 1). Throws a RangeError for a span below 1. */
export function betaOfSpan(span: number): number {
  checkNumber("the span", span, atLeast(1));
  return 1 - 2 / (span + 1);
}

/** The average's lag behind a steadily rising line: the mean age of its values, β/(1 − β). */
export function lagOf(beta: number): number {
  checkBeta(beta);
  return beta / (1 - beta);
}
