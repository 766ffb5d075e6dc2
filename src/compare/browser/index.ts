/**
 * The fair comparison of optimizers, on the devices of a browser.
 *
 * @module
 */

export * from "../index.ts";
export { type CompareRequest, compare } from "./compare.ts";
