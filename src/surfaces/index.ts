export * as surfaces from "./catalogue.ts";
export { surfaceFromText, type TextSurfaceOptions } from "./from-text.ts";
export { type KnownMinimum, type LeastSquares, type LeastSquaresSpec, leastSquares, problem } from "./least-squares.ts";
export { lowDiscrepancyPoints } from "./low-discrepancy.ts";
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
