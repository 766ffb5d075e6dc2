export type { BatchEvent, EndEvent, EpochEvent, Outcome, TargetReached, TrainEvent } from "./events.ts";
export { type MinimizeOptions, minimize, type Objective, objectiveOf, type Path } from "./minimize.ts";
export type { Means, Target, TrainOptions } from "./options.ts";
export type { Evaluation } from "./running-mean.ts";
export { Training, type TrainingState } from "./training.ts";
