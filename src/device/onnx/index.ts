export type { Graph, GraphNode, Initializer, Port } from "./graph.ts";
export { lower } from "./lower.ts";
export { encodeModel, type ModelGraph, type ModelPort } from "./model.ts";
export { type CompileOptions, OnnxProgram } from "./program.ts";
export type { Runtime, Session, SessionSettings, View } from "./session.ts";
