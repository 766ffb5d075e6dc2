/** Curves: formulas fitted to data by least squares, with standard errors, intervals and predictions. */
export type { CurveBound } from "./bounds.ts";
export type { CurveFit, CurveInterval, CurvePrediction, CurveStarts, FittedParameter } from "./curve-fit.ts";
export type { CurveOptions } from "./curve-options.ts";
export { fitCurve } from "./fit-curve.ts";
export type { CurveData } from "./observations.ts";
export { type RobustLoss, robustLosses } from "./robust.ts";
export { studentQuantile } from "./student.ts";
