import type { Device, DeviceOptions } from "../device/index.ts";
import { Engine } from "../objective/index.ts";
import { checkRun, checkTrain } from "./check-options.ts";
import type { TrainEvent } from "./events.ts";
import type { FitRequest, Fitted } from "./fit.ts";
import type { CrossValidateRequest } from "./folds/cross-validate.ts";
import type { CrossValidation } from "./folds/result.ts";
import type { LrRange, LrRangeOptions } from "./lr-range/index.ts";
import { isSolver, type SolverTrainOptions, type TrainOptions } from "./options.ts";
import type { CreateTraining, PlainRequest, RuleRequest, SolverRequest, TrainRequest } from "./requests.ts";
import { SolverTraining } from "./solver-training.ts";
import { Training } from "./training.ts";

/** Training on the devices of one platform, Node or a browser; the docstrings of its members are in `node/train.ts`. */
export interface Trainers {
  readonly train: (options: TrainRequest) => AsyncGenerator<TrainEvent, void>;
  readonly createTraining: CreateTraining;
  readonly lrRange: (options: LrRangeOptions & DeviceOptions) => Promise<LrRange>;
  readonly fit: (options: FitRequest) => Promise<Fitted>;
  readonly crossValidate: (options: CrossValidateRequest) => Promise<CrossValidation>;
}

export function trainersOn(deviceFor: (options: DeviceOptions) => Promise<Device>): Trainers {
  function createTraining(options: RuleRequest): Promise<Training>;
  function createTraining(options: SolverRequest): Promise<SolverTraining>;
  function createTraining(options: TrainRequest): Promise<Training | SolverTraining>;
  async function createTraining(options: TrainRequest): Promise<Training | SolverTraining> {
    checkTrain(options);
    checkRun(options);
    const ready = isPlain(options) ? (await import("./plain/index.ts")).optionsFrom(options, options) : options;
    return trainingOn(ready, new Engine(await deviceFor(options)));
  }
  return {
    createTraining,
    fit: async (options) => (await import("./fit.ts")).fitOn(options, createTraining, deviceFor),
    crossValidate: async (options) =>
      (await import("./folds/index.ts")).crossValidateOn(options, createTraining, deviceFor),
    lrRange: async (options) => {
      const { checkLrRange, lrRangeOn } = await import("./lr-range/index.ts");
      checkLrRange(options);
      return lrRangeOn(options, new Engine(await deviceFor(options)));
    },
    train: async function* (options) {
      yield* await createTraining(options);
    },
  };
}

/** A run by an update rule or by a solver, as the options say, on an engine, which is released when the run ends. */
export const trainingOn = (options: TrainOptions | SolverTrainOptions, engine: Engine): Training | SolverTraining =>
  isBySolver(options) ? new SolverTraining(options, engine) : new Training(options, engine);

const isBySolver = (options: TrainOptions | SolverTrainOptions): options is SolverTrainOptions =>
  isSolver(options.optimizer);

const isPlain = (options: TrainRequest): options is PlainRequest =>
  "rule" in options.optimizer || "solver" in options.optimizer;
