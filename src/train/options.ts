import { checkNumber, domains, someOf, whole } from "../arguments/index.ts";
import { inputSize, type Sampler, type SamplerOptions, samplers, sourceOf } from "../data/index.ts";
import { type DType, showShape, sizeOf } from "../expr/index.ts";
import type { Model } from "../nn/index.ts";
import { masksOf } from "../objective/index.ts";
import type { Optimizer, State } from "../optimizers/index.ts";
import type { Solver } from "../solvers/index.ts";
import { defaults, solverDefaults } from "./defaults.ts";
import { checkChoice, checkRun } from "./door.ts";
import { checkFit } from "./fit.ts";
import type { TrainingData } from "./training-data.ts";

/** Reached when the validation cost is at most `loss`, or the validation accuracy at least `accuracy`. */
export type Target = { readonly loss: number } | { readonly accuracy: number };

/** How a run goes, whatever it trains, as plain data. `defaults` has what counts where nothing is said. */
export interface TrainPlan {
  /** Passes over the training set. */
  readonly epochs?: number;
  /** Ends the run after this many steps, wherever the epoch stands. */
  readonly maxSteps?: number;
  /** Decides first weights, order of examples and dropout. */
  readonly seed?: number;
  /** The strength of a term ½·l2·‖w‖² in the loss, over all parameters. */
  readonly l2?: number;
  /** The type of parameters and activations. Default f32, and f64 with a solver, which compares losses that differ by little. */
  readonly dtype?: DType;
  /** Notes the step and the seconds at which validation first reaches this. */
  readonly target?: Target;
  /** Ends the run at the target. */
  readonly stopAtTarget?: boolean;
  /**
   * Early stopping: ends after this many epochs in a row without a lower validation loss, and goes back to the best
   * weights; 0 is as 1. Keras counts alike.
   */
  readonly patience?: number;
}

/** How a run takes its batches, as plain data. */
export interface BatchPlan {
  /** Examples in a batch: 1 is stochastic gradient descent, "full" gradient descent. */
  readonly batchSize?: SamplerOptions["batchSize"];
  readonly sampler?: keyof typeof samplers;
  /** Leave out the last batch of an epoch where it is smaller. */
  readonly dropLast?: boolean;
}

/** What all runs have in common. */
export interface RunOptions extends TrainPlan {
  readonly model: Model;
  readonly data: TrainingData;
  /** Stops between two steps; what was done is kept. */
  readonly signal?: AbortSignal;
  /** First weights instead of drawn ones, in the model's order. */
  readonly initial?: ArrayLike<number>;
  /** A saved run to go on from, as `save()` gives it: with the same options all is as if it had never stopped. */
  readonly from?: SavedTraining;
}

/**
 * A run at a moment as plain data: numbers and vectors by name, copies all, t being the step. A worker's message and
 * IndexedDB take it as it is; `saveState` makes bytes of it and `loadState` reads them back to the same bits.
 */
export type SavedTraining = State;

export interface TrainOptions extends RunOptions, BatchPlan {
  readonly optimizer: Optimizer;
}

/** A solver's step needs the loss of the whole training set, so a step is an epoch, or more than one pass in truth. */
export interface SolverTrainOptions extends RunOptions {
  readonly optimizer: Solver;
  readonly batchSize?: "full";
}

/** Whether a method walks as a solver does, which searches, and not by an update rule's one formula. */
export const isSolver = (method: Optimizer | Solver): method is Solver => "needsOneOf" in method;

/** Options with their defaults: what all runs have, those by a rule, and those by a solver. */
export type RunSettings = ReturnType<typeof settleRun<RunOptions>>;
export type Settings = ReturnType<typeof settle>;
export type SearchSettings = ReturnType<typeof settleRun<SolverTrainOptions>>;

/** Checks the options and fills in defaults. Throws a RangeError that says what was given and what is allowed. */
export function settle(options: TrainOptions) {
  const settled = settleRun(options, defaults.dtype);
  return { ...settled, order: orderOf(options, options.data.train.count) };
}

/** The same for a solver, which cannot have small batches, nor a loss that is another with each dropout mask. */
export function settleSearch(options: SolverTrainOptions) {
  const { model, optimizer, batchSize } = options;
  fullBatch(optimizer.name, batchSize);
  const settings = settleRun(options, solverDefaults.dtype);
  if (masksOf(model, 1, settings.dtype).length > 0)
    throw new RangeError(
      `${optimizer.name}: ${model.name} has dropout, which gives each evaluation another loss; take a model without`,
    );
  if (model.state.length > 0)
    throw new RangeError(
      `${optimizer.name}: ${model.name} has a state, ${stateNames(model)}, which only batches of training change; take an update rule such as adam(), or a model without`,
    );
  return settings;
}

/** A solver's batch. Throws a RangeError where another one is wanted. */
export function fullBatch(solver: string, batchSize: number | "full" = "full"): "full" {
  if (batchSize === "full") return batchSize;
  throw new RangeError(`${solver}: batchSize is ${batchSize}; a solver takes all examples in each step: "full"`);
}

const stateNames = ({ state }: Model): string => someOf(state.map(({ name }) => name));

/** The order in which a run takes its examples, batch by batch. */
export function orderOf({ batchSize, sampler, dropLast, seed }: TrainPlan & BatchPlan, count: number): Sampler {
  const name = sampler ?? "shuffled";
  checkChoice("sampler", name, Object.keys(samplers));
  return samplers[name]({
    ...{ count, dropLast },
    batchSize: batchSize ?? defaults.batchSize,
    seed: seed ?? defaults.seed,
  });
}

/** The part of it that all runs share. */
export function settleRun<O extends RunOptions>(options: O, usual: DType) {
  checkRun(options);
  const { model, data, dtype = usual } = options;
  const { epochs = defaults.epochs, seed = defaults.seed, l2 = defaults.l2 } = options;
  checkChoice("dtype", dtype, ["f32", "f64"]);
  checkNumber("epochs", epochs, whole(0));
  checkNumber("seed", seed, whole(0));
  if (options.from !== undefined && options.initial !== undefined)
    throw new RangeError("from, initial: both say where to begin; give one of them");
  if (options.maxSteps !== undefined) checkNumber("maxSteps", options.maxSteps, whole(0));
  if (options.patience !== undefined) checkNumber("patience", options.patience, whole(0));
  checkNumber("l2", l2, domains.notNegative);
  if (inputSize(data) !== sizeOf(model.inputShape))
    throw new RangeError(
      `${data.name}: an example has shape ${showShape(data.inputShape)}, but ${model.name} takes ${showShape(model.inputShape)}`,
    );
  checkFit(model, data);
  const examples = { train: sourceOf(data.train), validation: sourceOf(data.validation), test: sourceOf(data.test) };
  return { ...options, examples, targetSize: examples.train.targetSize, epochs, seed, dtype, l2 };
}
