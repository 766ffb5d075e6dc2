/**
 * The landscape of a net's loss: directions, and slices along them; points that are equal by symmetry, and lines and planes through points.
 *
 * @module
 */

export { between, throughThree } from "./directions/between.ts";
export { type Direction, direction, scaledTo } from "./directions/direction.ts";
export { type DrawOptions, type RandomKind, randomDirection, scaledLike } from "./directions/random.ts";
export { gradientDirection, type HessianOptions, hessianDirections } from "./directions/steepest.ts";
export { evenGrid, evenLine, type GridOptions, type Interval } from "./slices/grid.ts";

export {
  type DirectionFacts,
  type DirectionKind,
  directionKinds,
  type Grid,
  type GridValues,
  type LossSlice,
  type Measured,
  type PlanePath,
} from "./slices/landscape.ts";
export { barrier, type LineOptions, type LossLine, lossAlongLine } from "./slices/line.ts";
export { type FinishedPoints, lossSlice, type SliceOptions } from "./slices/loss-slice.ts";
export type { Recomputed } from "./slices/normalization.ts";
export {
  coordinates,
  type LossPlane,
  lossOnPlane,
  type Plane,
  planeThrough,
  type WindowOptions,
} from "./slices/plane.ts";
export { type MeterOptions, type PointMeter, pointMeter } from "./slices/point-meter.ts";
export { refined } from "./slices/refine.ts";
export { equalPoints, type HiddenLayer, hiddenLayers } from "./symmetries/hidden-layers.ts";
export { type Match, matchUnits } from "./symmetries/match.ts";
export { drawRearrangements, type Rearrangement, rearrange } from "./symmetries/rearrange.ts";
