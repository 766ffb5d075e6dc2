/**
 * Downhill: neural-network optimizers and training, with all that needs Node: files of data sets, models and runs, and
 * the devices to train on. In a browser the same import is `src/browser/index.ts`.
 *
 * @module
 */

export type { CompareRequest } from "../compare/node/index.ts";
export { fetchDataset, findDataset, type LoadOptions, loadDataset } from "../data/node/index.ts";
export * from "../index.ts";
/**
 * The landscape of a net's loss, measured on the devices of Node; also `downhill/landscape`.
 */
export * as landscape from "../landscape/node/index.ts";
export type { LoadModelOptions, SaveOptions, WeightsFromOptions } from "../nn/node/index.ts";
export { loadRegression, strdFile, strdFolder } from "../surfaces/node/index.ts";
export { createTraining, crossValidate, fit, lrRange, train } from "../train/node/index.ts";
export type { SavedPoint, TrajectoryOptions } from "../train/trajectory/node/index.ts";
export {
  compare,
  createRun,
  load,
  loadTrajectory,
  readRun,
  save,
  savePoint,
  weightsFrom,
  writeReport,
} from "./later.ts";
