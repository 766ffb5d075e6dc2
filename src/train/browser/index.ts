/**
 * Training on the devices of a browser.
 *
 * @module
 */

export * from "../index.ts";
export { createTraining, fit, lrRange, train } from "./train.ts";
