import { checkNumber, checkOptions, isOptions, whole } from "../../arguments/index.ts";
import { type Foldable, type FoldData, foldableOf, foldSplits, type Split } from "../../data/folds/index.ts";
import type { Dataset } from "../../data/index.ts";
import type { Device, DeviceOptions } from "../../device/index.ts";
import { measureTest } from "../../metrics/index.ts";
import { type Model, type ModelData, modelFor, Net } from "../../nn/index.ts";
import { type Optimizer, watches } from "../../optimizers/index.ts";
import type { Solver } from "../../solvers/index.ts";
import { trainOptions } from "../check-options.ts";
import { type EarlyStopping, keepsBest } from "../early-stopping.ts";
import type { EndEvent, TrainEvent } from "../events.ts";
import type { CreateTraining, TrainRequest } from "../requests.ts";
import { recipeOf } from "./recipe.ts";
import { type CrossValidation, type FoldResult, scoresOf, spreadOver } from "./result.ts";

/** The options of a cross-validation: those of `train`, with rows that are divided into folds in place of the data set. */
export type CrossValidateRequest = ForFolds<TrainRequest>;

/** For each kind of run alike. */
type ForFolds<R> = R extends TrainRequest ? Omit<R, NotForFolds> & FoldOptions : never;

/** A run's target is for its validation set, a saved run is one run, and no net of a fold is kept, so its way is not either. */
type NotForFolds = "model" | "data" | "from" | "target" | "stopAtTarget" | "trajectory" | "onPoint";

interface FoldOptions {
  /**
   * The rows: a data set, whose training and validation set are divided; a table or the options of `dataset`, of which all rows are, except a
   * test set that its `split` asks for.
   */
  readonly data: FoldData;
  /**
   * A model's text such as "mlp:64,32", its JSON, or a function of a fold's data, since folds may have different inputs; or a model.
   * Default: one hidden layer of 32 units.
   */
  readonly model?: Model | string | ModelData | ((data: Dataset) => Model);
  /** How many folds: 2 or more. Default 5. */
  readonly folds?: number;
  /** The seed that divides the rows. Default: the same for everyone. `seed` is that of the weights and the order. */
  readonly foldSeed?: number;
  /** Is called with every event of every fold's training, and with the fold's result after its end. */
  readonly onEvent?: (event: TrainEvent | FoldEvent, fold: number) => void;
}

/** A fold that was finished. */
export interface FoldEvent extends FoldResult {
  readonly kind: "fold";
}

/** Folds, where nobody says how many. */
const USUAL_FOLDS = 5;
const USUAL_MODEL = "mlp:32";

/** Those of `train` that a fold cannot have. */
const notForFolds: readonly string[] = [
  "from",
  "target",
  "stopAtTarget",
  "trajectory",
  "onPoint",
] satisfies NotForFolds[];
const ADDED: readonly string[] = ["folds", "foldSeed", "onEvent"] satisfies (keyof FoldOptions)[];
const OPTIONS = [...trainOptions.filter((name) => !notForFolds.includes(name)), ...ADDED];

/** Cross-validates on devices of one platform. */
export async function crossValidateOn(
  request: CrossValidateRequest,
  createTraining: CreateTraining,
  deviceFor: (options: DeviceOptions) => Promise<Device>,
): Promise<CrossValidation> {
  checkOptions("crossValidate", request, OPTIONS, 'crossValidate({ data, model: "mlp:32", optimizer: adam() })');
  const { data: given, model = USUAL_MODEL, folds = USUAL_FOLDS, foldSeed, onEvent, ...options } = request;
  checkNumber("folds", folds, whole(2));
  const foldable = foldableOf(given);
  const watched = await watchesValidation(options);
  const splits = foldSplits(foldable, { folds, watched, ...(foldSeed !== undefined && { seed: foldSeed }) });
  const device = await deviceFor(options);
  const done: FoldResult[] = [];
  const named = { ...headOf(foldable.build(splits[0]), model), optimizer: nameOf(options.optimizer) };
  const head = { ...named, ...(await recipeOf(options)) };
  let seconds = 0;
  for (const [at, split] of splits.entries()) {
    const data = foldable.build(split);
    const training = await createTraining({ ...options, model: modelOf(model, data), data });
    const { end, epochs } = await follow(training, (event) => onEvent?.(event, at + 1));
    seconds += end.seconds;
    if (end.outcome.kind === "interrupted") break;
    const result: FoldResult = {
      ...{ fold: at + 1, counts: countsOf(split, watched), epochs, steps: end.outcome.step, outcome: end.outcome },
      scores: scoresOf(end.test.loss, await metricsOf(new Net(training.trained, device), data)),
    };
    done.push(result);
    onEvent?.({ kind: "fold", ...result }, at + 1);
  }
  return {
    ...{ ...head, ...sizesOf(foldable), planned: folds, folds: done, scores: spreadOver(done) },
    ...{ outcome: done.length === folds ? "completed" : "interrupted", seconds },
  };
}

/** A net for a fold's data. */
function modelOf(model: NonNullable<FoldOptions["model"]>, data: Dataset): Model {
  if (typeof model === "function") return model(data);
  return isBuilt(model) ? model : modelFor(model, data);
}

function headOf(data: Dataset, model: NonNullable<FoldOptions["model"]>) {
  const { name, loss } = modelOf(model, data);
  return { data: data.name, task: data.task, model: name, loss: loss.name };
}

/** Trains to the end. */
async function follow(
  training: AsyncIterable<TrainEvent>,
  onEvent: (event: TrainEvent) => void,
): Promise<{ readonly end: EndEvent; readonly epochs: number }> {
  let epochs = 0;
  let end: EndEvent | undefined;
  for await (const event of training) {
    if (event.kind === "epoch") epochs = event.epoch;
    if (event.kind === "end") end = event;
    onEvent(event);
  }
  if (end === undefined) throw new Error("crossValidate: a run has no end");
  return { end, epochs };
}

const isBuilt = (model: Model | string | ModelData): model is Model => isOptions(model) && "forward" in model;

const countsOf = ({ train, validation, test }: Split, watched: boolean): FoldResult["counts"] =>
  [train.length, watched ? validation.length : 0, test.length] as const;

const sizesOf = ({ rows, aside, groups }: Foldable): Pick<CrossValidation, "rows" | "aside" | "groups"> => ({
  ...{ rows: rows.length, aside: aside.length },
  ...(groups && { groups: new Set(Array.from(groups)).size }),
});

async function metricsOf(net: Net, data: Dataset) {
  try {
    return (await measureTest(net, data))?.metrics;
  } finally {
    await net.dispose();
  }
}

type Method = TrainRequest["optimizer"];

const nameOf = (method: Method): string =>
  "rule" in method ? method.rule : "solver" in method ? method.solver : method.name;

/** Whether a run's course depends on its validation set: by early stopping, or a schedule that watches its loss. */
export async function watchesValidation(run: EarlyStopping & Pick<TrainRequest, "optimizer">): Promise<boolean> {
  if (keepsBest(run)) return true;
  const method = await builtFrom(run.optimizer);
  return "hyper" in method && Object.values(method.hyper).some(watches);
}

async function builtFrom(method: Method): Promise<Optimizer | Solver> {
  if (!("rule" in method || "solver" in method)) return method;
  return (await import("../plain/index.ts")).methodFrom(method);
}
