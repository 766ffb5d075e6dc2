import type { DeviceOptions } from "../device/choice.ts";
import type { Device } from "../device/device.ts";
import { Engine } from "../objective/index.ts";
import { checkTrain } from "./door.ts";
import type { TrainEvent } from "./events.ts";
import { isSolver, type SolverTrainOptions, type TrainOptions } from "./options.ts";
import { SolverTraining } from "./solver-training.ts";
import { Training } from "./training.ts";

/** Training with devices as one platform, Node or a browser, finds them. */
export interface Trainers {
  /**
   * Trains a model: iterate over it for what happens, batch by batch and epoch by epoch, up to the `end` event.
   *
   *     for await (const event of train({ model: mlp([64, 32, 10]), data, optimizer: adam(), epochs: 5 }))
   *       if (event.kind === "epoch") console.log(event.epoch, event.validation.accuracy);
   *
   * With a solver, such as `lbfgs()`, each epoch is one step on the whole training part.
   */
  readonly train: (options: (TrainOptions | SolverTrainOptions) & DeviceOptions) => AsyncGenerator<TrainEvent, void>;
  /** A run that is to be looked into, or saved: its state is public. */
  readonly createTraining: CreateTraining;
}

export interface CreateTraining {
  (options: TrainOptions & DeviceOptions): Promise<Training>;
  (options: SolverTrainOptions & DeviceOptions): Promise<SolverTraining>;
  (options: (TrainOptions | SolverTrainOptions) & DeviceOptions): Promise<Training | SolverTraining>;
}

export function trainersOn(deviceFor: (options: DeviceOptions) => Promise<Device>): Trainers {
  function createTraining(options: TrainOptions & DeviceOptions): Promise<Training>;
  function createTraining(options: SolverTrainOptions & DeviceOptions): Promise<SolverTraining>;
  function createTraining(
    options: (TrainOptions | SolverTrainOptions) & DeviceOptions,
  ): Promise<Training | SolverTraining>;
  async function createTraining(
    options: (TrainOptions | SolverTrainOptions) & DeviceOptions,
  ): Promise<Training | SolverTraining> {
    checkTrain(options);
    const engine = new Engine(await deviceFor(options));
    return bySolver(options) ? new SolverTraining(options, engine) : new Training(options, engine);
  }
  return {
    createTraining,
    train: async function* (options) {
      yield* await createTraining(options);
    },
  };
}

const bySolver = (options: TrainOptions | SolverTrainOptions): options is SolverTrainOptions =>
  isSolver(options.optimizer);
