import type { LeastSquares } from "../least-squares.ts";
import { broydenBanded, broydenTridiagonal, discreteBoundaryValue, discreteIntegralEquation } from "./chains.ts";
import { chebyquad } from "./chebyquad.ts";
import * as equations from "./equations.ts";
import * as fits from "./fits.ts";
import { linearFullRank, linearRankOne, linearRankOneWithZeros } from "./linear.ts";
import * as sums from "./sums.ts";

export * from "./chains.ts";
export * from "./chebyquad.ts";
export * from "./equations.ts";
export * from "./fits.ts";
export * from "./linear.ts";
export * from "./sums.ts";

/**
 * The 35 test problems of Moré, Garbow & Hillstrom (1981), in the paper's order, each from its standard start. Problems of
 * variable size have one for which the minimum is published, or one that the paper's drivers use; the functions of this
 * module make other sizes.
 */
export const problems: readonly LeastSquares[] = [
  equations.rosenbrock,
  equations.freudensteinRoth,
  equations.powellBadlyScaled,
  equations.brownBadlyScaled,
  equations.beale,
  fits.jennrichSampson(),
  equations.helicalValley,
  fits.bard,
  fits.gaussian,
  fits.meyer,
  fits.gulf(),
  fits.box(),
  equations.powellSingular,
  equations.wood,
  fits.kowalikOsborne,
  fits.brownDennis(),
  fits.osborne1,
  fits.biggsExp6(),
  fits.osborne2,
  sums.watson(),
  sums.extendedRosenbrock(),
  sums.extendedPowell(),
  sums.penalty1(),
  sums.penalty2(),
  sums.variablyDimensioned(),
  sums.trigonometric(),
  sums.brownAlmostLinear(),
  discreteBoundaryValue(),
  discreteIntegralEquation(),
  broydenTridiagonal(),
  broydenBanded(),
  linearFullRank(),
  linearRankOne(),
  linearRankOneWithZeros(),
  chebyquad(),
];
