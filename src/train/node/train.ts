import { nodeDevice } from "../../device/node/index.ts";
import { trainersOn } from "../train.ts";

const trainers = trainersOn(nodeDevice);

/**
 * Trains a model: iterate over the events of batches and epochs, up to the `end` event.
 *
 *     for await (const event of train({ model: mlp([64, 32, 10]), data, optimizer: adam(), epochs: 5 }))
 *       if (event.kind === "epoch") console.log(event.epoch, event.validation.accuracy);
 *
 * The optimizer may be plain data: `{ rule: "adam", hyper: { lr: 0.01 }, schedule: "cosine" }`. With a solver, such as
 * `lbfgs()`, each epoch is one step on the whole training set. Throws a RangeError or TypeError for options that are not
 * allowed, and a DeviceError if the device is not available.
 */
export const train = trainers.train;

/**
 * A run whose state can be inspected and saved. Iterating it trains, as with `train`; it can be saved at any step, and has the
 * trained net in the end. Throws as `train` does.
 */
export const createTraining = trainers.createTraining;

/**
 * The learning rate range test (Smith 2017): a short training at a growing learning rate, which shows where the loss falls and
 * where it blows up. Throws as `train` does, and a RangeError for a rule without a learning rate.
 *
 *     const { steepest, points } = await lrRange({ model: mlp([64, 32, 10]), data, optimizer: adam(), from: 1e-6, to: 10 });
 */
export const lrRange = trainers.lrRange;

/**
 * Trains a net to the end, without a loop: the options of `train`, and `onEvent` to watch. The net predicts from raw rows. Throws as
 * `train` does.
 *
 *     const net = await fit({ model: "mlp:32", data, optimizer: adam(), epochs: 20 });
 *     const [{ label, probabilities }] = await net.predict([{ sepal: 5.1, colour: "red" }]);
 */
export const fit = trainers.fit;

/**
 * k-fold cross-validation: the rows are divided into folds at random, each with its share of every class; for each fold a net is trained on
 * the others and scored on it. Means, deviations, categories and class weights are measured on a fold's training rows alone. What
 * watches the validation set, such as early stopping, watches a seventh of the training rows, never the fold itself. No net is kept: train one on
 * all rows afterwards.
 *
 *     const { scores } = await crossValidate({ data: { rows, target: "stays" }, model: "mlp:16", optimizer: adam(), folds: 5 });
 *     console.log(scores.accuracy); // { mean, deviation }
 *
 * Throws as `train` and `dataset` do, and a RangeError for fewer than 2 folds or fewer rows than folds.
 */
export const crossValidate = trainers.crossValidate;
