export { median } from "../averages/index.ts";
export { wilson } from "../metrics/index.ts";
export { assembleResult, type CompareWork, FULL_BATCH } from "./assemble.ts";
export { BestModel } from "./best-model.ts";
export { type Comparison, runComparison } from "./compare.ts";
export {
  type Contender,
  defaultContenders,
  isTunable,
  labelOf,
  plainGradientDescent,
} from "./contender.ts";
export type { CompareEvent } from "./events.ts";
export type { FinishedRuns } from "./finished-runs.ts";
export type { Job } from "./job.ts";
export { type CompareOptions, type TuningLoss, tuningLosses } from "./options.ts";
/** The search for a learning rate, also for your own objectives: the lattice of rates, which to try next, which is best. */
export * as rates from "./rates.ts";
export type { BestRun, CompareHead, CompareResult, DataSummary, Ranked, Spread, TargetUsed, Trial } from "./result.ts";
export { checkRuns, type Subject } from "./runs.ts";
export type { CompareSettings } from "./settings.ts";
export { resolveCompareOptions } from "./settings.ts";
export { type MeanInterval, meanInterval, quantile, spread } from "./statistics.ts";
export { arrival } from "./target.ts";
