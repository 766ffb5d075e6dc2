/**
 * Runs as plain data, for the command line, comparisons and workers. This knows all update rules and solvers by name, so it is
 * loaded only where an optimizer is given by name.
 */
export { hyperOf, methodFrom, nameOf, type OptimizerData } from "./optimizer-data.ts";
export { lengthOf, optionsFrom, type RuleRunData, type RunData, withDefaults } from "./run-data.ts";
export { runHead } from "./run-head.ts";
