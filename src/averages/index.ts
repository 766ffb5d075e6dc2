/**
 * Exponentially weighted averages, and how long they remember; the median.
 *
 * @module
 */

export { type Average, type AverageOptions, type AverageState, ewa, ewaOf, ewaWeights } from "./average.ts";
export { median } from "./median.ts";
export { betaOfHalfLife, betaOfSpan, betaOfWindow, halfLifeOf, lagOf, spanOf, windowOf } from "./window.ts";
