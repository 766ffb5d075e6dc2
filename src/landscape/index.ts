/**
 * The landscape of a net's loss: directions, and slices along them; curvature; the ways of trainings, and curves between solutions; points that
 * are equal by symmetry, and lines and planes through points.
 *
 * @module
 */

export { type CriticalOptions, type CriticalSharpness, criticalSharpness } from "./curvature/critical.ts";
export { type DensityOptions, type SpectralDensity, spectralDensity } from "./curvature/density.ts";
export {
  type CurvatureMapOptions,
  curvatureMap,
  curvatureRatio,
  type Extremes,
  type GridPlace,
} from "./curvature/map.ts";
export {
  type AdamScale,
  adamPreconditioner,
  type Sharpness,
  type SharpnessOptions,
  sharpness,
} from "./curvature/sharpness.ts";
export { hessianTrace, type TraceEstimate, type TraceOptions } from "./curvature/trace.ts";
export { type InVariables, overParts, type Part, scaled, weightParts } from "./curvature/variables.ts";
export { between, throughThree } from "./directions/between.ts";
export { type Direction, direction, scaledTo } from "./directions/direction.ts";
export { type DrawOptions, type RandomKind, randomDirection, scaledLike } from "./directions/random.ts";
export { gradientDirection, type HessianOptions, hessianDirections } from "./directions/steepest.ts";
export { type Connection, type ConnectOptions, connect, highestLoss } from "./journeys/connect.ts";
export { type CurveShape, type CurveShares, curveShapes, curveShares } from "./journeys/curve.ts";
export {
  type PathMeter,
  type PathOptions,
  type PathPoint,
  pathsOn,
  type Trajectory,
  type TrajectoryPlane,
  trajectoryPlane,
} from "./journeys/paths.ts";
export {
  type ComponentOptions,
  type PrincipalComponents,
  principalComponents,
} from "./journeys/principal-components.ts";
export { type PlaneAxes, type PlaneAxis, type Projection, pointAt, projector } from "./journeys/projection.ts";
export { evenGrid, evenLine, type GridOptions, type Interval } from "./slices/grid.ts";
export {
  type DirectionFacts,
  type DirectionKind,
  directionKinds,
  type Grid,
  type GridValues,
  type LossSlice,
  type Measured,
  type PlaneNet,
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
export { lazyMeter, type PointMeter, pointMeter } from "./slices/point-meter.ts";
export { refined } from "./slices/refine.ts";
export { type MeterOptions, type WeightsMeter, weightsMeter } from "./slices/weights-meter.ts";
export { equalPoints, type HiddenLayer, hiddenLayers } from "./symmetries/hidden-layers.ts";
export { type Match, matchUnits } from "./symmetries/match.ts";
export { drawRearrangements, type Rearrangement, rearrange } from "./symmetries/rearrange.ts";
export { againAt, halvesAt, type LossAt, lossOver, spreadPoints, type TwoLosses } from "./trust/again.ts";
export { type Alignment, type AlignmentOptions, alignment, type DirectionAlignment } from "./trust/alignment.ts";
export { halvesOf } from "./trust/halves.ts";
export { type MeasureOptions, measuresOf, type SliceMeasures } from "./trust/measures.ts";
export { type PathTrust, pathTrust } from "./trust/paths.ts";
export { type Spread, type SpreadMeasure, spreadMeasures, spreadOf } from "./trust/spread.ts";
export type { SliceTrust } from "./trust/trust.ts";
