export {
  /** Computes a net's losses and gradients on a device; your own gradient source may use one. */
  Engine,
  type Evaluation,
  type GradientFunction,
  /** Where `Training` gets losses and gradients from. */
  type GradientSource,
  type Objective,
  objectiveOf,
  type Target as Walkable,
  type Workspace,
} from "../objective/index.ts";
export { type DataFacts, dataFacts } from "./data-facts.ts";
export { defaults, MOST_ITERATIONS, MOST_TRIALS, WALK_STEPS } from "./defaults/index.ts";
export type { EarlyStopping } from "./early-stopping.ts";
export type {
  BatchEvent,
  EndEvent,
  Epoch,
  EpochEvent,
  Outcome,
  TargetReached,
  TrainEvent,
} from "./events.ts";
export type { FitRequest, Fitted } from "./fit.ts";
export type { CrossValidateRequest, FoldEvent } from "./folds/cross-validate.ts";
export {
  type CrossValidation,
  type FoldResult,
  type FoldSpread,
  type ScoreName,
  type Scores,
  scoreNames,
} from "./folds/result.ts";
export type { LrRange, LrRangeOptions, LrRangePlan, LrRangePoint } from "./lr-range/index.ts";
export {
  checkMemory,
  evaluationMemory,
  largestBatch,
  type MemoryOptions,
  type TrainingMemory,
  trainingMemory,
} from "./memory.ts";
export type { BatchPlan, SavedTraining, SolverTrainOptions, Target, TrainOptions, TrainPlan } from "./options.ts";
export { resolveTrainOptions } from "./options.ts";
export type { OptimizerData, RuleRunData, RunData } from "./plain/index.ts";
export type { BatchCurve, EpochRecord, Goal, Measured, Monitor, RunHead, RunRecord } from "./record.ts";
export { epochRecord, goalOf, lowestEpoch, plainEvent, Recorder } from "./recorder.ts";
export type { TrainRequest } from "./requests.ts";
export type { RunState } from "./run-state.ts";
export type { TrainingState } from "./saved/training-state.ts";
export { SolverTraining } from "./solver-training.ts";
export { type LayerSummary, type ModelSummary, type SummaryOptions, summary } from "./summary.ts";
export { trainingOn } from "./train.ts";
export { Training } from "./training.ts";
export {
  pointCount,
  type TrajectoryPlan,
  type TrajectoryPoint,
  type TrajectoryUnit,
  trajectoryUnits,
} from "./trajectory/index.ts";
export { minimize, minimizeAsync, minimizeAsync as minimizeLater } from "./walk/minimize.ts";
export { type MinimizeOptions, type Path, pointsOf } from "./walk/path.ts";
