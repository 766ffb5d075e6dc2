export type {
  Environment,
  MetricsLine,
  MinimizeRecord,
  RunConfig,
  RunFolder,
  RunKind,
  Summary,
} from "./folder/folder.ts";
export { reportHtml } from "./report.ts";
export { type EndTable, endTable } from "./table.ts";
