export * from "../index.ts";
export { createTraining, lrRange, train } from "./train.ts";
