/** Pages: sections of prose, charts, tables and code, written as one HTML document. */
export type * from "./blocks.ts";
export { chart, code, details, facts, prose, section, table } from "./blocks.ts";
export { type PageOptions, page } from "./page.ts";
