/**
 * Data sets with fixed splits, tables from CSV text, generated points, and samplers, which make batches of them.
 *
 * @module
 */

export { DataError } from "../files/index.ts";
export { type Augmentation, augmentationPlan, augmentationWords, augmented } from "./augmentation/index.ts";
export { gatherBatch } from "./batch.ts";
export { checkData, refuseDataOptions } from "./check-data.ts";
export {
  delimiterName,
  delimiterNames,
  type MissingPolicy,
  missingPolicies,
  type ThousandsSign,
  thousandsNames,
} from "./choices/index.ts";
export { firstExamples, spreadExamples } from "./chosen-examples.ts";
export { classCounts, classLine, classNotes, majorityIn, mostFrequent } from "./class-counts.ts";
export { type CsvOptions, csvDataset, tableOptions } from "./csv/dataset.ts";
export { type CsvRecord, csvRecords } from "./csv/records.ts";
export { csvTable } from "./csv/table.ts";
export { csvLine } from "./csv/write.ts";
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
export { digitsDataset } from "./digits.ts";
export type { Entry } from "./entry.ts";
export type { FoldData, FoldDataset, FoldTable } from "./folds/folds-of.ts";
export * from "./generated/index.ts";
export type { ArrayOptions } from "./own/arrays.ts";
export { dataset } from "./own/dataset.ts";
export type { Row, RowOptions } from "./own/rows.ts";
export type { ClassesOptions, GeneratedOptions, GeneratedSet } from "./points.ts";
export { canonicalName, datasets, findEntry } from "./registry.ts";
export {
  type Position,
  type Sampler,
  type SamplerOptions,
  samplers,
  sequential,
  shuffled,
  withReplacement,
} from "./sampler.ts";
export { sharedExamples, sharedVector } from "./shared.ts";
export { type ShowOptions, showSample } from "./show.ts";
export { inOrderOf, type Source, sourceOf } from "./source.ts";
export type { ColumnFacts } from "./table/column-facts.ts";
export type { Cell } from "./table/encode.ts";
export { joinTables, type OtherTables } from "./table/join-tables.ts";
export { lookAtTable, type TableLook } from "./table/look.ts";
export { sameTarget } from "./table/prepared.ts";
export * from "./table/preprocessing.ts";
export type { RawColumn, RawTable } from "./table/raw-table.ts";
export type { SplitOptions } from "./table/split-rows.ts";
export { type TableOptions, tableDataset } from "./table/table-dataset.ts";
export { type ClassWeights, withClassWeights } from "./weights/class-weights.ts";
