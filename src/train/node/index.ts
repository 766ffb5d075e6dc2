/**
 * Training: runs by update rules and solvers, their events and records; the learning rate range test; `minimize`, a
 * walk down a surface.
 *
 * @module
 */

export * from "../index.ts";
export { createTraining, crossValidate, fit, lrRange, train } from "./train.ts";
