/**
 * Training on the devices of a browser.
 *
 * @module
 */

export * from "../index.ts";
export { createTraining, lrRange, train } from "./train.ts";
