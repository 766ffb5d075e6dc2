export type { Evaluation } from "../objective/net/running-mean.ts";
export type { Course } from "./course.ts";
export type { BatchEvent, EndEvent, Epoch, EpochEvent, Outcome, TargetReached, TrainEvent } from "./events.ts";
export { largestBatch, type MemoryOptions, type TrainingMemory, trainingMemory } from "./memory.ts";
export {
  type MinimizeOptions,
  minimize,
  minimizeLater,
  type Objective,
  objectiveOf,
  type Walkable,
} from "./minimize.ts";
export type { SolverTrainOptions, Target, TrainOptions } from "./options.ts";
export { type Path, pointsOf } from "./path.ts";
export { SolverTraining } from "./solver-training.ts";
export { Training, type TrainingState } from "./training.ts";
