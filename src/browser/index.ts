/**
 * Downhill in a browser: the same as in Node but for files, with the devices that browsers have.
 *
 * @module
 */

export { type CompareRequest, compare } from "../compare/browser/index.ts";
export * from "../index.ts";
/**
 * The landscape of a net's loss, measured on the devices of a browser; also `downhill/landscape`.
 */
export * as landscape from "../landscape/browser/index.ts";
export { createTraining, crossValidate, fit, lrRange, train } from "../train/browser/index.ts";
