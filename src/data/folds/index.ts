/** Rows that are divided into folds, and what they become then. */
export type { Split } from "../split.ts";
export { drawFolds } from "./draw-folds.ts";
export { type Foldable, foldSplits, wholeSplit } from "./foldable.ts";
export { type FoldData, type FoldDataset, type FoldTable, foldableOf } from "./folds-of.ts";
