/**
 * The landscape of a net's loss, measured on the devices of a browser.
 *
 * @module
 */

export * from "../index.ts";
export type { ConnectRequest, DeviceSettings, MeterRequest, NetObjectiveRequest } from "../measuring.ts";
export { lossSlice, type SliceRequest } from "./loss-slice.ts";
export { connect, netObjective, pointMeter, weightsMeter } from "./measuring.ts";
