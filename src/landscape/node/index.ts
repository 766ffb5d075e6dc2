/**
 * The landscape of a net's loss, measured in several threads.
 *
 * @module
 */

export * from "../index.ts";
export { lossSlice, type SliceRequest } from "./loss-slice.ts";
