export { type CompareRequest, compare } from "../compare/browser/index.ts";
export * from "../index.ts";
export { createTraining, lrRange, train } from "../train/browser/index.ts";
