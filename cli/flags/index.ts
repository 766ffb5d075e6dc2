/** Every flag, once. Which command takes which, and with what default, stands with the command. */
export * from "./comparison.ts";
export * from "./data.ts";
export * from "./network.ts";
export * from "./optimizer.ts";
export * from "./output.ts";
export * from "./training.ts";
export * from "./walk.ts";
