export {
  type GradientFunction,
  type Objective,
  objectiveOf,
  type Target as Walkable,
} from "../objective/index.ts";
export type { Evaluation } from "../objective/net/running-mean.ts";
export type { Course } from "./course.ts";
export { type DataFacts, dataFacts, meanAbsoluteError, type RegressionErrors, regressionErrors } from "./data-facts.ts";
export type { BatchEvent, EndEvent, Epoch, EpochEvent, Outcome, TargetReached, TrainEvent } from "./events.ts";
export { largestBatch, type MemoryOptions, type TrainingMemory, trainingMemory } from "./memory.ts";
export { minimize, minimizeAsync, minimizeAsync as minimizeLater } from "./minimize.ts";
export type { SavedTraining, SolverTrainOptions, Target, TrainOptions } from "./options.ts";
export { type MinimizeOptions, type Path, pointsOf } from "./path.ts";
export type { BatchCurve, EpochRecord, Goal, Measured, RunHead, RunRecord } from "./record.ts";
export { epochRecord, lowestEpoch, plainEvent, Recorder, runHead } from "./recorder.ts";
export { SolverTraining } from "./solver-training.ts";
export { type LayerSummary, type ModelSummary, type SummaryOptions, summary } from "./summary.ts";
export { Training } from "./training.ts";
export type { TrainingState } from "./training-state.ts";
