/**
 * The landscape of a net's loss: points that are equal by symmetry, and lines and planes through points.
 *
 * @module
 */

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
export {
  coordinates,
  type LossPlane,
  lossOnPlane,
  type Plane,
  planeThrough,
  type WindowOptions,
} from "./slices/plane.ts";
export { equalPoints, type HiddenLayer, hiddenLayers } from "./symmetries/hidden-layers.ts";
export { type Match, matchUnits } from "./symmetries/match.ts";
export { drawRearrangements, type Rearrangement, rearrange } from "./symmetries/rearrange.ts";
