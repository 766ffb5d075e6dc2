import type { DeviceOptions } from "../device/index.ts";
import type { RuleData } from "../optimizers/index.ts";
import type { SolverData } from "../solvers/index.ts";
import type { SolverTrainOptions, TrainOptions } from "./options.ts";
import type { SolverTraining } from "./solver-training.ts";
import type { Training } from "./training.ts";

/** Options in which the optimizer is plain data; its schedule is spread over the run's steps. */
type WithData<O extends TrainOptions | SolverTrainOptions, D> = Omit<O, "optimizer"> & { readonly optimizer: D };

export type RuleRequest = (TrainOptions | WithData<TrainOptions, RuleData>) & DeviceOptions;
export type SolverRequest = (SolverTrainOptions | WithData<SolverTrainOptions, SolverData>) & DeviceOptions;
/**
 * Options of a run by an update rule or a solver, with the device that computes it. The optimizer may be plain data.
 */
export type TrainRequest = RuleRequest | SolverRequest;

export interface CreateTraining {
  (options: RuleRequest): Promise<Training>;
  (options: SolverRequest): Promise<SolverTraining>;
  (options: TrainRequest): Promise<Training | SolverTraining>;
}

/** A run whose optimizer is plain data. */
export type PlainRequest = WithData<TrainOptions, RuleData> | WithData<SolverTrainOptions, SolverData>;
