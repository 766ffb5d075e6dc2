/**
 * Exponentially weighted averages, and how long they remember.
 *
 * @module
 */

export { type Average, type AverageOptions, type AverageState, ewa, ewaOf, ewaWeights } from "./average.ts";
export { betaOfHalfLife, betaOfSpan, betaOfWindow, halfLifeOf, lagOf, spanOf, windowOf } from "./window.ts";
