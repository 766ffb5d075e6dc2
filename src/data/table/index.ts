export type { Cell } from "./encode.ts";
export { readingLike } from "./prepared.ts";
export * from "./preprocessing.ts";
export { checkPreprocessing } from "./preprocessing-schema.ts";
export { inputsOfRows, inputsOfTable, type RawRow } from "./raw-inputs.ts";
export { cellPlace, columnName, type RawTable } from "./raw-table.ts";
export { targetsOfTable } from "./raw-targets.ts";
export { type UnseenWords, unseenWords } from "./unseen-words.ts";
