import { someOf } from "../../arguments/index.ts";
import { type Expr, type Feeds, type NDArray, sizeOf, toArray } from "../../expr/index.ts";
import type { Port } from "../onnx/graph.ts";
import { type CompileOptions, OnnxProgram } from "../onnx/program.ts";
import type { Runtime, View } from "../onnx/session.ts";
import { nodeRuntime } from "./runtime.ts";

export { nodeRuntime, type Provider } from "./runtime.ts";

/** A tensor program compiled for ONNX Runtime in Node. */
export async function compileOnnx(
  outputs: Readonly<Record<string, Expr>>,
  options: CompileOptions = {},
): Promise<OnnxProgram> {
  return OnnxProgram.compile(outputs, await nodeRuntime(), options);
}

/** Like `evaluate`, but computed by ONNX Runtime in each expression's own type. */
export async function evaluateOnnx(outputs: readonly Expr[], feeds: Feeds = {}, runtime?: Runtime): Promise<NDArray[]> {
  const named = Object.fromEntries(outputs.map((output, k) => [`output ${k}`, output]));
  const program = await OnnxProgram.compile(named, runtime ?? (await nodeRuntime()), { threads: 1 });
  try {
    const results = program.outputs.map((port) => ({ port, view: viewOf(port) }));
    program.bind(Object.fromEntries(program.inputs.map((port) => [port.name, viewFor(port, feeds)])));
    program.bind(Object.fromEntries(results.map(({ port, view }) => [port.name, view])));
    await program.run();
    return results.map(({ port, view }) => ({ shape: port.shape, data: Float64Array.from(view) }));
  } finally {
    await program.dispose();
  }
}

function viewFor(port: Port, feeds: Feeds): View {
  const value = Object.hasOwn(feeds, port.name) ? feeds[port.name] : undefined;
  if (value === undefined)
    throw new ReferenceError(
      `input ${port.name} has no value; values are given for: ${someOf(Object.keys(feeds)) || "none"}`,
    );
  const { data } = toArray(value, port.shape, `input ${port.name}`);
  return port.dtype === "f32" ? Float32Array.from(data) : data;
}

const viewOf = ({ shape, dtype }: Port): View =>
  dtype === "f32" ? new Float32Array(sizeOf(shape)) : new Float64Array(sizeOf(shape));
