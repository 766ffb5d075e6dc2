import type { Device, DeviceOptions } from "../device/index.ts";
import { Engine } from "../objective/index.ts";
import type { RuleData } from "../optimizers/index.ts";
import type { SolverData } from "../solvers/index.ts";
import { checkRun, checkTrain } from "./check-options.ts";
import type { TrainEvent } from "./events.ts";
import type { LrRange, LrRangeOptions } from "./lr-range/index.ts";
import { isSolver, type SolverTrainOptions, type TrainOptions } from "./options.ts";
import { SolverTraining } from "./solver-training.ts";
import { Training } from "./training.ts";

/** Options in which the optimizer is plain data; its schedule is spread over the run's steps. */
type WithData<O extends TrainOptions | SolverTrainOptions, D> = Omit<O, "optimizer"> & { readonly optimizer: D };

export type RuleRequest = (TrainOptions | WithData<TrainOptions, RuleData>) & DeviceOptions;
export type SolverRequest = (SolverTrainOptions | WithData<SolverTrainOptions, SolverData>) & DeviceOptions;
/**
 * Options of a run by an update rule or a solver, with the device that computes it. The optimizer may be plain data.
 */
export type TrainRequest = RuleRequest | SolverRequest;

/** Training on the devices of one platform, Node or a browser; the docstrings of its members are in `node/train.ts`. */
export interface Trainers {
  readonly train: (options: TrainRequest) => AsyncGenerator<TrainEvent, void>;
  readonly createTraining: CreateTraining;
  readonly lrRange: (options: LrRangeOptions & DeviceOptions) => Promise<LrRange>;
}

export interface CreateTraining {
  (options: RuleRequest): Promise<Training>;
  (options: SolverRequest): Promise<SolverTraining>;
  (options: TrainRequest): Promise<Training | SolverTraining>;
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

type PlainRequest = WithData<TrainOptions, RuleData> | WithData<SolverTrainOptions, SolverData>;

const isPlain = (options: TrainRequest): options is PlainRequest =>
  "rule" in options.optimizer || "solver" in options.optimizer;
