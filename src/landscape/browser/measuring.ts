import { browserDevice } from "../../device/browser/index.ts";
import { measuringOn } from "../measuring.ts";

const measuring = measuringOn(browserDevice);

/** The mean loss of a net over examples as a function of its weights, on a device of the browser; as in Node. */
export const netObjective = measuring.netObjective;

/** A meter of a net at any weights, on a device of the browser; as in Node. */
export const weightsMeter = measuring.weightsMeter;

/** A meter of the points of a slice, on a device of the browser; as in Node. */
export const pointMeter = measuring.pointMeter;

/** Trains a curve between two solutions along which the loss stays low, on a device of the browser; as in Node. */
export const connect = measuring.connect;
