/** Every flag, once. Which command takes which, and with what default, stands in commands.ts. */
export * from "./comparison.ts";
export * from "./optimizer.ts";
export * from "./output.ts";
export * from "./problem.ts";
export * from "./training.ts";
