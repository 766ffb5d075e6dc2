/** Every flag, described once. Each command lists the flags that it accepts, with its defaults. */
export * from "./comparison.ts";
export * from "./curve.ts";
export * from "./data.ts";
export * from "./landscape.ts";
export * from "./network.ts";
export * from "./optimizer.ts";
export * from "./output.ts";
export * from "./reproduction.ts";
export * from "./table.ts";
export * from "./training.ts";
export * from "./walk.ts";
