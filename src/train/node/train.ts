import { nodeDevice } from "../../device/node/index.ts";
import { trainersOn } from "../train.ts";

/**
 * `train` trains as it is iterated: each batch, each epoch, the end. `createTraining` gives the run itself, which is iterated
 * alike, can be saved at any step, and has the trained net in the end. `lrRange` is the learning rate range test.
 */
export const { train, createTraining, lrRange } = trainersOn(nodeDevice);
