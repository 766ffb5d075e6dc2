import { browserDevice } from "../../device/browser/index.ts";
import { trainersOn } from "../train.ts";

export * from "../index.ts";
export const { train, createTraining, lrRange } = trainersOn(browserDevice);
