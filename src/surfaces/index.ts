/**
 * Functions of a few variables with their minima, maxima and saddles, and least-squares problems with published
 * answers.
 *
 * @module
 */

/** The catalogue of surfaces, the list of them all, and `findSurface`, which finds one by name. */
export * as surfaces from "./catalogue.ts";
export { surfaceFromText, type TextSurfaceOptions } from "./from-text.ts";
export { type KnownMinimum, type LeastSquares, type LeastSquaresSpec, leastSquares, problem } from "./least-squares.ts";
export { lowDiscrepancyPoints } from "./low-discrepancy.ts";
/**
 * The 35 least-squares problems of Moré, Garbow & Hillstrom 1981, Testing unconstrained optimization software, ACM TOMS
 * 7; other sizes of them, too.
 */
export * as moreGarbowHillstrom from "./more-garbow-hillstrom/index.ts";
export {
  type Certified,
  findRegression,
  type Regression,
  readStrd,
  regressions,
  type StrdProblem,
} from "./nist/index.ts";
export { sumOfSquares } from "./sum-of-squares.ts";
export { type CriticalPoint, type Surface, type SurfaceSpec, surface } from "./surface.ts";
export { checkDomain, checkSize, type Domain } from "./surface-checks.ts";
