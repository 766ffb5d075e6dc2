import { optimizerFromData, type RuleData } from "../../optimizers/index.ts";
import { solverFromData } from "../../solvers/index.ts";
import { defaults, solverDefaults } from "../defaults/index.ts";
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
 * A run without its model and data set, as plain data: for the command line, comparisons, workers and run folders.
 */
export interface RunData extends TrainPlan, BatchPlan {
  /** An update rule or a solver, by name, with its settings. */
  readonly optimizer: OptimizerData;
}

/** A run by an update rule, as plain data, without its model and data set. */
export interface RuleRunData extends RunData {
  /** An update rule, by name, with its settings. */
  readonly optimizer: RuleData;
}

/** The options of a run that are not plain data. */
export type Subject = Omit<RunOptions, keyof TrainPlan>;

/** The run with all defaults filled in. */
export function withDefaults(run: RunData): RunData {
  const given = Object.entries(run).filter(([, value]) => value !== undefined);
  const usual = "solver" in run.optimizer ? solverDefaults : defaults;
  return { ...usual, optimizer: run.optimizer, ...Object.fromEntries(given) };
}

/** The length of a run that does not end early. */
interface RunLength {
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly batchSize: number;
}

/** How many steps a run takes on this many examples, unless it ends early, and its batch size. */
export function lengthOf(run: RunData, examples: number): RunLength {
  const { epochs = defaults.epochs, maxSteps = Number.POSITIVE_INFINITY, optimizer } = run;
  const { batchSize, batchesPerEpoch } = orderOf("solver" in optimizer ? { batchSize: "full" } : run, examples);
  return { steps: Math.min(epochs * batchesPerEpoch, maxSteps), stepsPerEpoch: batchesPerEpoch, batchSize };
}

/** The options of a run that is given as plain data. Throws a RangeError for an optimizer that is not allowed. */
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
