/**
 * The landscape of a net's loss: points that are equal by symmetry, and lines and planes through points.
 *
 * @module
 */

export { equalPoints, type HiddenLayer, hiddenLayers } from "./hidden-layers.ts";
export { barrier, type LineOptions, type LossLine, lossAlongLine } from "./line.ts";
export { type Match, matchUnits } from "./match.ts";
export { coordinates, type LossPlane, lossOnPlane, type Plane, planeThrough, type WindowOptions } from "./plane.ts";
export { drawRearrangements, type Rearrangement, rearrange } from "./rearrange.ts";
