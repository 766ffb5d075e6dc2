/**
 * The landscape of a net's loss, on the devices of Node: directions, and slices along them, measured in several threads; curvature; the ways of
 * trainings, and curves between solutions; points that are equal by symmetry, and lines and planes through points.
 *
 * @module
 */

export * from "../index.ts";
export type { ConnectRequest, DeviceSettings, MeterRequest, NetObjectiveRequest } from "../measuring.ts";
export { lossSlice, type SliceRequest } from "./loss-slice.ts";
export { connect, netObjective, pointMeter, weightsMeter } from "./measuring.ts";
