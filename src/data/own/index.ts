/** Data of one's own, from arrays and rows. */
export { type RowOptions, rowTable } from "./rows.ts";
