import type { DeviceOptions } from "../../device/choice.ts";
import { nodeDevice } from "../../device/node/device.ts";
import { Engine } from "../../objective/index.ts";
import { checkTrain } from "../door.ts";
import type { TrainEvent } from "../events.ts";
import { isSolver, type SolverTrainOptions, type TrainOptions } from "../options.ts";
import { SolverTraining } from "../solver-training.ts";
import { Training } from "../training.ts";

/**
 * Trains a model: iterate over it for what happens, batch by batch and epoch by epoch, up to the `end` event.
 *
 *     for await (const event of train({ model: mlp([64, 32, 10]), data, optimizer: adam(), epochs: 5 }))
 *       if (event.kind === "epoch") console.log(event.epoch, event.validation.accuracy);
 *
 * With a solver, such as `lbfgs()`, each epoch is one step on the whole training part.
 */
export async function* train(
  options: (TrainOptions | SolverTrainOptions) & DeviceOptions,
): AsyncGenerator<TrainEvent, void> {
  checkTrain(options);
  const engine = new Engine(await nodeDevice(options));
  yield* bySolver(options) ? new SolverTraining(options, engine) : new Training(options, engine);
}

/** A run that is to be looked into, or saved: its state is public. */
export function createTraining(options: TrainOptions & DeviceOptions): Promise<Training>;
export function createTraining(options: SolverTrainOptions & DeviceOptions): Promise<SolverTraining>;
export function createTraining(
  options: (TrainOptions | SolverTrainOptions) & DeviceOptions,
): Promise<Training | SolverTraining>;
export async function createTraining(
  options: (TrainOptions | SolverTrainOptions) & DeviceOptions,
): Promise<Training | SolverTraining> {
  checkTrain(options);
  const engine = new Engine(await nodeDevice(options));
  return bySolver(options) ? new SolverTraining(options, engine) : new Training(options, engine);
}

const bySolver = (options: TrainOptions | SolverTrainOptions): options is SolverTrainOptions =>
  isSolver(options.optimizer);
