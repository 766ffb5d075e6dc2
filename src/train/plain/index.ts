/**
 * Runs as plain data: what a command line fills, a comparison makes many of, and a worker gets. It knows all update rules and
 * solvers by name, so it is loaded where names are read, and not with the training of an optimizer that is at hand.
 */
export { hyperOf, methodFrom, nameOf, type OptimizerData } from "./optimizer-data.ts";
export { lengthOf, optionsFrom, type RuleRunData, type RunData, withDefaults } from "./run-data.ts";
export { runHead } from "./run-head.ts";
