/**
 * Data sets with fixed splits, tables from CSV text, generated points, and samplers, which make batches of them.
 *
 * @module
 */

export { DataError } from "../files/index.ts";
export { gatherBatch } from "./batch.ts";
export { classCounts, classLine, classNotes } from "./class-counts.ts";
export { type CsvRecord, csvRecords } from "./csv.ts";
export { type CsvOptions, csvTable } from "./csv-table.ts";
export {
  type Dataset,
  type Description,
  type Examples,
  inputSize,
  type Standardization,
  type TableForm,
  type Task,
  type Vector,
} from "./dataset.ts";
export { delimiterName, delimiterNames } from "./delimiters/index.ts";
export { digitsDataset } from "./digits.ts";
export type { Entry } from "./entry.ts";
export * from "./generated/index.ts";
export type { ClassesOptions, GeneratedOptions, GeneratedSet } from "./points.ts";
export { datasets, findEntry } from "./registry.ts";
export {
  type Position,
  type Sampler,
  type SamplerOptions,
  samplers,
  sequential,
  shuffled,
  withReplacement,
} from "./sampler.ts";
export { type ShowOptions, showSample } from "./show.ts";
export { inOrderOf, type Source, sourceOf } from "./source.ts";
export { type Table, tableDataset } from "./table.ts";
