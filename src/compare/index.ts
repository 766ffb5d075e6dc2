export { assemble, type Done, FULL_BATCH } from "./assemble.ts";
export { runComparison } from "./compare.ts";
export {
  type Contender,
  isTunable,
  labelOf,
  lecture,
  optimizerFor,
  plainOf,
  ruleOf,
} from "./contender.ts";
export { type DataFacts, dataFacts, meanAbsoluteError, type RegressionErrors, regressionErrors } from "./data-facts.ts";
export type { CompareEvent, Trial } from "./events.ts";
export type { BatchCurve, EpochRecord, Goal, Measured, RunHead, RunRecord } from "./record.ts";
export { epochRecord, lowestEpoch, plainEvent, Recorder } from "./recorder.ts";
export type { CompareHead, CompareResult, DataSummary, Ranked, Spread, TargetUsed } from "./result.ts";
export type { CompareOptions, CompareSettings } from "./settings.ts";
export { checkLengths, settleComparison } from "./settings.ts";
export { median, quantile, spread, wilson } from "./statistics.ts";
export { arrival } from "./target.ts";
