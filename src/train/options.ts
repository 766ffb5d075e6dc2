import { checkChoice, checkNumber, cut, domains, someOf, whole } from "../arguments/index.ts";
import {
  type Augmentation,
  augmentationPlan,
  inputSize,
  type Sampler,
  type SamplerOptions,
  samplers,
  sourceOf,
} from "../data/index.ts";
import { type DType, selectTensors, showShape, sizeOf } from "../expr/index.ts";
import { layoutOf, type Model } from "../nn/index.ts";
import { masksOf } from "../objective/index.ts";
import type { Optimizer, State } from "../optimizers/index.ts";
import type { Solver } from "../solvers/index.ts";
import { checkBatches, checkFit } from "./check-fit.ts";
import { checkMethod, checkRun } from "./check-options.ts";
import { defaults, solverDefaults } from "./defaults/index.ts";
import { checkEarlyStopping, type EarlyStopping } from "./early-stopping.ts";
import { type Initial, startOf } from "./initial-weights.ts";
import type { TrainingData } from "./training-data.ts";
import { checkTrajectory, type TrajectoryPlan, type TrajectoryPoint } from "./trajectory/index.ts";

/** A goal on the validation set: reached when its loss is at most `loss`, or its accuracy at least `accuracy`. */
export type Target = { readonly loss: number } | { readonly accuracy: number };

/** The options of a run that do not depend on what it trains, as plain data; `defaults` has their defaults. */
export interface TrainPlan extends EarlyStopping {
  /** Passes over the training set. Default 25. */
  readonly epochs?: number;
  /** Ends the run after this many steps, also in the middle of an epoch. */
  readonly maxSteps?: number;
  /** Determines the initial weights, the order of the examples, dropout and augmentation: a whole number. Default 1. */
  readonly seed?: number;
  /** The strength of a term ½·l2·‖w‖² in the loss, over all parameters: 0 or more. Default 0. */
  readonly l2?: number;
  /** The type of parameters and activations. Default f32, and f64 with a solver, which compares losses that differ by little. */
  readonly dtype?: DType;
  /** Records the step and the seconds at which the validation set first reaches this. */
  readonly target?: Target;
  /** Ends the run at the target. */
  readonly stopAtTarget?: boolean;
  /**
   * Layers and parameters that stay as they are, by name: `["layer1", "layer2_bias"]`; `summary` shows the names. The others alone are
   * trained: the gradient's norm, l2, weight decay and `state.w` are of these.
   */
  readonly freeze?: readonly string[];
  /**
   * Which points of the way that the weights take are given to `onPoint`: the start, one every so many steps (`{ every: 50 }`) or epochs
   * (`{ every: 1, unit: "epochs" }`), and the end. Each holds all weights. Default: none.
   */
  readonly trajectory?: TrajectoryPlan;
}

/** How a run takes its batches, as plain data. */
export interface BatchPlan {
  /** Examples in a batch: 1 is stochastic gradient descent, "full" gradient descent. Default 64. */
  readonly batchSize?: SamplerOptions["batchSize"];
  /** How examples are drawn. Default: "shuffled", each once per epoch in a new random order. */
  readonly sampler?: keyof typeof samplers;
  /** Whether to leave out an epoch's last batch if it is smaller. Default: false. */
  readonly dropLast?: boolean;
  /** Random changes of the training images, anew in each epoch: `{ padCrop: 4, flip: true }`. Default: none. */
  readonly augment?: Augmentation;
}

/** The options that all runs share. */
export interface RunOptions extends TrainPlan {
  /** The net, or your own function. */
  readonly model: Model;
  /** A data set, whose input shape and targets fit the model. */
  readonly data: TrainingData;
  /** Stops the run between two steps, with what was done so far. */
  readonly signal?: AbortSignal;
  /**
   * Takes the points of `trajectory`, each before the event of the batch or the epoch that led there. So a run that is saved at any event has
   * given the points until then, and what resumes it gives those after: each once.
   */
  readonly onPoint?: (point: TrajectoryPoint) => void;
  /**
   * Initial weights instead of random ones: in the model's order, or those of a trained net with its state, as from `load` or
   * `weightsFrom`.
   */
  readonly initial?: Initial;
  /** A saved run to resume, from `save()`: with the same options the result is as if it had never stopped. */
  readonly from?: SavedTraining;
}

/**
 * The state of a run as plain data: numbers and vectors by name, all of them copies; t is the step. Workers and IndexedDB take
 * it unchanged; `saveState` turns it into bytes and `loadState` reads them back to the same bits.
 */
export type SavedTraining = State;

/** A run by an update rule: the model, the data, the optimizer and how long to train. */
export interface TrainOptions extends RunOptions, BatchPlan {
  /** An update rule with its hyper-parameters, such as `adam({ lr: 0.01 })`. */
  readonly optimizer: Optimizer;
}

/**
 * A run by a solver. Its step needs the loss on the whole training set, so each step is an epoch, even if it takes
 * several passes.
 */
export interface SolverTrainOptions extends RunOptions {
  /** A solver, such as `lbfgs()`. */
  readonly optimizer: Solver;
  /** A solver has no mini-batches; any other value throws a RangeError. */
  readonly batchSize?: "full";
}

/** Whether a method is a solver and not an update rule. */
export const isSolver = (method: Optimizer | Solver): method is Solver => "needsOneOf" in method;

/** Options with their defaults filled in: for all runs, by an update rule, and by a solver. */
export type RunSettings = ReturnType<typeof resolveRunOptions<RunOptions>>;
export type Settings = ReturnType<typeof resolveTrainOptions>;
export type SearchSettings = ReturnType<typeof resolveRunOptions<SolverTrainOptions>>;

/** Checks the options and fills in defaults. Throws a RangeError that says what was given and what is allowed. */
export function resolveTrainOptions(options: TrainOptions) {
  checkMethod(options.optimizer, ["bind"]);
  const settled = resolveRunOptions(options, defaults.dtype);
  checkGroups(options.optimizer, settled);
  const augmentation = augmentationPlan(options.augment, options.data);
  const order = orderOf(options, options.data.train.count);
  checkBatches(settled.model, { ...order, dropLast: options.dropLast ?? false }, options.data.train.count);
  return { ...settled, augmentation, order };
}

/** Groups may name what the model has and what is trained. */
function checkGroups({ name, groups, checkParameters }: Optimizer, { model, frozen }: RunSettings): void {
  const layout = layoutOf(frozen?.whole ?? model);
  checkParameters(layout);
  for (const each of groups.flatMap(({ parameters }) => parameters)) {
    const chosen = selectTensors(`${name}: groups: parameter`, each, layout);
    if (chosen.every((tensor) => frozen?.names.includes(tensor.name)))
      throw new RangeError(`${name}: groups: ${cut(each)} is frozen; leave it out of the groups, or out of freeze`);
  }
}

/** The same for a solver, which cannot work with mini-batches, nor with dropout, whose masks change the loss. */
export function resolveSolverOptions(options: SolverTrainOptions & Pick<BatchPlan, "augment">) {
  const { model, optimizer, batchSize, augment } = options;
  fullBatch(optimizer.name, batchSize);
  if (augment !== undefined)
    throw new RangeError(
      `${optimizer.name}: augment would change the examples, so each evaluation would give a different loss; leave it out, or use an update rule such as adam()`,
    );
  const settings = resolveRunOptions(options, solverDefaults.dtype);
  if (masksOf(model, 1, settings.dtype).length > 0)
    throw new RangeError(
      `${optimizer.name}: ${model.name} has dropout, so each evaluation would give a different loss; use a model without it`,
    );
  if (model.state.length > 0)
    throw new RangeError(
      `${optimizer.name}: ${model.name} has a state, ${stateNames(model)}, which only training batches update; use an update rule such as adam(), or a model without a state`,
    );
  return settings;
}

/** A solver's batch size. Throws a RangeError for any other than "full". */
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

/** Checks and completes the options that all runs share. */
export function resolveRunOptions<O extends RunOptions>(options: O, usual: DType) {
  checkRun(options);
  const { model, data, dtype = usual } = options;
  const { epochs = defaults.epochs, seed = defaults.seed, l2 = defaults.l2 } = options;
  checkChoice("dtype", dtype, ["f32", "f64"]);
  checkNumber("epochs", epochs, whole(0));
  checkNumber("seed", seed, whole(0));
  if (options.from !== undefined && options.initial !== undefined)
    throw new RangeError("from, initial: both set the initial weights; give only one of them");
  if (options.stopAtTarget === true && options.target === undefined)
    throw new RangeError("stopAtTarget: there is no target to stop at; give target, too, such as { accuracy: 0.9 }");
  if (options.maxSteps !== undefined) checkNumber("maxSteps", options.maxSteps, whole(0));
  checkEarlyStopping(model, options);
  checkTrajectory(options);
  checkNumber("l2", l2, domains.notNegative);
  if (inputSize(data) !== sizeOf(model.inputShape))
    throw new RangeError(
      `${data.name}: an example has shape ${showShape(data.inputShape)}, but ${model.name} takes ${showShape(model.inputShape)}`,
    );
  checkFit(model, data);
  const start = startOf({ ...options, seed, dtype });
  const examples = { train: sourceOf(data.train), validation: sourceOf(data.validation), test: sourceOf(data.test) };
  return { ...options, ...start, examples, targetSize: examples.train.targetSize, epochs, seed, dtype, l2 };
}
