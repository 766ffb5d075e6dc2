export { type CreateRunOptions, createRun, type RunWriter } from "./create.ts";
export { environment } from "./environment.ts";
export { readRun, writeReport } from "./read.ts";
export { viewerProgram } from "./viewer.ts";
