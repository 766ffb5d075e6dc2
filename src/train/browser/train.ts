import { browserDevice } from "../../device/browser/index.ts";
import { trainersOn } from "../train.ts";

const trainers = trainersOn(browserDevice);

/** Trains a model on a device of the browser, as in Node: iterate over the events of batches and epochs, up to the `end` event. */
export const train = trainers.train;

/** A run on a device of the browser, whose state can be inspected and saved; iterating it trains. */
export const createTraining = trainers.createTraining;

/** The learning rate range test on a device of the browser. */
export const lrRange = trainers.lrRange;

/** Trains a net to the end on a device of the browser, without a loop, ready to predict from raw rows. */
export const fit = trainers.fit;

/** k-fold cross-validation on a device of the browser, as in Node. */
export const crossValidate = trainers.crossValidate;
