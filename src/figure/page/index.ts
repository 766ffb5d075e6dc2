/** Pages: sections of prose, charts, tables and code, written as one HTML document. */
export type * from "./blocks.ts";
export { chart, code, details, facts, live, prose, section, table } from "./blocks.ts";
export { type PageOptions, type Program, page } from "./page.ts";
