import { type Dataset, type Examples, inputSize } from "../data/dataset.ts";
import { type SamplerOptions, samplers } from "../data/sampler.ts";
import { type Source, sourceOf } from "../data/source.ts";
import type { DType } from "../expr/node.ts";
import { quoteValue } from "../expr/quote.ts";
import { showShape, sizeOf } from "../expr/shape.ts";
import type { Model } from "../nn/index.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { State } from "../optimizers/state.ts";
import type { Solver } from "../solvers/index.ts";
import { checkChoice, checkRun } from "./door.ts";
import { checkFit } from "./fit.ts";

/** Reached when the validation cost is at most `loss`, or the validation accuracy at least `accuracy`. */
export type Target = { readonly loss: number } | { readonly accuracy: number };

/** What a run trains, validates and tests on: a data set, or one whose parts come from sources of their own. */
export interface TrainingData extends Pick<Dataset, "name" | "inputShape" | "outputs" | "task"> {
  readonly train: Examples | Source;
  readonly validation: Examples | Source;
  readonly test: Examples | Source;
}

/** What all runs have in common. */
export interface RunOptions {
  readonly model: Model;
  readonly data: TrainingData;
  /** Passes over the training part. Default 10. */
  readonly epochs?: number;
  /** Ends the run after this many steps, wherever the epoch stands. */
  readonly maxSteps?: number;
  /** Decides first weights, order of examples and dropout. Default 1. */
  readonly seed?: number;
  /** The strength of a term ½·l2·‖w‖² in the cost, over all parameters. */
  readonly l2?: number;
  /** The type of parameters and activations. Default f32, and f64 with a solver, which compares costs that differ by little. */
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

export interface TrainOptions extends RunOptions {
  readonly optimizer: Optimizer;
  /** Examples in a batch: 1 is stochastic gradient descent, "full" gradient descent. Default 128. */
  readonly batchSize?: SamplerOptions["batchSize"];
  readonly sampler?: keyof typeof samplers;
  /** Leave out the last batch of an epoch where it is smaller. */
  readonly dropLast?: boolean;
}

/** A solver's step needs the cost of the whole training part, so a step is an epoch, or more than one pass in truth. */
export interface SolverTrainOptions extends RunOptions {
  readonly optimizer: Solver;
  readonly batchSize?: "full";
}

/** Whether a method walks as a solver does, which searches, and not by an update rule's one formula. */
export const isSolver = (method: Optimizer | Solver): method is Solver => "needsOneOf" in method;

/** Options with their defaults. */
export type Settings = ReturnType<typeof settle>;

/** Checks the options and fills in defaults. Throws a RangeError that says what was given and what is allowed. */
export function settle(options: TrainOptions) {
  const { batchSize = 128, sampler = "shuffled", dropLast = false } = options;
  const settled = settleRun(options, "f32");
  checkChoice("sampler", sampler, Object.keys(samplers));
  const order = samplers[sampler]({ count: options.data.train.count, batchSize, seed: settled.seed, dropLast });
  return { ...settled, order };
}

/** The part of it that all runs share. */
export function settleRun<O extends RunOptions>(options: O, usual: DType) {
  checkRun(options);
  const { model, data, epochs = 10, seed = 1, dtype = usual, l2 = 0 } = options;
  checkChoice("dtype", dtype, ["f32", "f64"]);
  whole("epochs", epochs, 0);
  if (options.from !== undefined && options.initial !== undefined)
    throw new RangeError("from, initial: both say where to begin; give one of them");
  if (options.maxSteps !== undefined) whole("maxSteps", options.maxSteps, 0);
  if (options.patience !== undefined) whole("patience", options.patience, 0);
  if (!(l2 >= 0 && Number.isFinite(l2)))
    throw new RangeError(`l2 is ${quoteValue(l2)}; it must be a number, 0 or more`);
  if (inputSize(data) !== sizeOf(model.inputShape))
    throw new RangeError(
      `${data.name}: an example has shape ${showShape(data.inputShape)}, but ${model.name} takes ${showShape(model.inputShape)}`,
    );
  checkFit(model, data);
  const examples = { train: sourceOf(data.train), validation: sourceOf(data.validation), test: sourceOf(data.test) };
  return { ...options, examples, targetSize: examples.train.targetSize, epochs, seed, dtype, l2 };
}

function whole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new RangeError(`${name} is ${quoteValue(value)}; it must be a whole number, ${least} or more`);
}
