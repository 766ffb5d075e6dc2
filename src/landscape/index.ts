/** The landscape of a net's cost: places that are equal by symmetry, and the lines and planes through places. */
export { equalPoints, type HiddenLayer, hiddenLayers } from "./hidden-layers.ts";
export { barrier, type CostLine, costAlongLine, type LineOptions } from "./line.ts";
export { type Match, matchUnits } from "./match.ts";
export { type CostPlane, coordinates, costOnPlane, type Plane, planeThrough, type WindowOptions } from "./plane.ts";
export { drawRearrangements, type Rearrangement, rearrange } from "./rearrange.ts";
