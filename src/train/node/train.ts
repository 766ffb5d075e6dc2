import { nodeDevice } from "../../device/node/index.ts";
import { trainersOn } from "../train.ts";

export const { train, createTraining, lrRange } = trainersOn(nodeDevice);
