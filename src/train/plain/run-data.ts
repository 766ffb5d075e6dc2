import { optimizerFromData, type RuleData } from "../../optimizers/index.ts";
import { solverFromData } from "../../solvers/index.ts";
import { defaults, solverDefaults } from "../defaults.ts";
import {
  type BatchPlan,
  fullBatch,
  orderOf,
  type RunOptions,
  type SolverTrainOptions,
  type TrainOptions,
  type TrainPlan,
} from "../options.ts";
import type { OptimizerData } from "./optimizer-data.ts";

/**
 * A run but for its model and its data, as plain data: what a command line fills, a comparison makes many of, a worker gets,
 * and the folder of a run keeps.
 */
export interface RunData extends TrainPlan, BatchPlan {
  readonly optimizer: OptimizerData;
}

/** One by an update rule. */
export interface RuleRunData extends RunData {
  readonly optimizer: RuleData;
}

/** What plain data cannot hold of a run. */
export type Subject = Omit<RunOptions, keyof TrainPlan>;

/** The same with what counts where nothing is said. */
export function withDefaults(run: RunData): RunData {
  const given = Object.entries(run).filter(([, value]) => value !== undefined);
  const usual = "solver" in run.optimizer ? solverDefaults : defaults;
  return { ...usual, optimizer: run.optimizer, ...Object.fromEntries(given) };
}

/** How many steps a run takes on so many examples, unless it ends early, and how many examples are in a batch. */
export function lengthOf(run: RunData, examples: number): { steps: number; batchSize: number } {
  const { epochs = defaults.epochs, maxSteps = Number.POSITIVE_INFINITY, optimizer } = run;
  const { batchSize, batchesPerEpoch } = orderOf("solver" in optimizer ? { ...run, batchSize: "full" } : run, examples);
  return { steps: Math.min(epochs * batchesPerEpoch, maxSteps), batchSize };
}

/** The options of a run that is given as data. Throws a RangeError for an optimizer that is not allowed. */
export function optionsFrom(run: RuleRunData, subject: Subject): TrainOptions;
export function optionsFrom(run: RunData, subject: Subject): TrainOptions | SolverTrainOptions;
export function optionsFrom(run: RunData, subject: Subject): TrainOptions | SolverTrainOptions {
  const { optimizer } = run;
  if ("solver" in optimizer) {
    const solver = solverFromData(optimizer);
    return { ...run, ...subject, optimizer: solver, batchSize: fullBatch(solver.name, run.batchSize) };
  }
  const { steps } = lengthOf(run, subject.data.train.count);
  return { ...run, ...subject, optimizer: optimizerFromData(optimizer, steps) };
}
