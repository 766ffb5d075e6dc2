import { nodeDevice } from "../../device/node/device.ts";
import { trainersOn } from "../train.ts";

export const { train, createTraining } = trainersOn(nodeDevice);
