export { fetchDataset, findDataset, type LoadOptions, loadDataset } from "../data/node/index.ts";
export * from "../index.ts";
export type { ComputeOptions } from "../train/node/means.ts";
export { createTraining, train } from "../train/node/train.ts";
