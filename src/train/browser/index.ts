/**
 * Training on the devices of a browser.
 *
 * @module
 */

export * from "../index.ts";
export { createTraining, crossValidate, fit, lrRange, train } from "./train.ts";
