/**
 * The landscape of a net's loss, measured on the devices of a browser.
 *
 * @module
 */

export * from "../index.ts";
export { lossSlice, type SliceRequest } from "./loss-slice.ts";
