/**
 * The fair comparison of optimizers: every one gets the same initial weights, the same batches and the same number of
 * learning rates to try, over several seeds.
 *
 * @module
 */

export * from "../index.ts";
export { type CompareRequest, compare } from "./compare.ts";
