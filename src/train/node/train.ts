import type { TrainEvent } from "../events.ts";
import type { TrainOptions } from "../options.ts";
import { Training } from "../training.ts";
import { type ComputeOptions, nodeMeans } from "./means.ts";

/**
 * Trains a model: iterate over it for what happens, batch by batch and epoch by epoch, up to the `end` event.
 *
 *     for await (const event of train({ model: mlp([64, 32, 10]), data, optimizer: adam(), epochs: 5 }))
 *       if (event.kind === "epoch") console.log(event.epoch, event.validation.accuracy);
 */
export async function* train(options: TrainOptions & ComputeOptions): AsyncGenerator<TrainEvent, void> {
  yield* new Training(options, await nodeMeans(options));
}

/** A run that is to be looked into, or saved: its state is public. */
export const createTraining = async (options: TrainOptions & ComputeOptions): Promise<Training> =>
  new Training(options, await nodeMeans(options));
