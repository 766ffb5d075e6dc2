import { quote } from "../../arguments/index.ts";
import { byNumber, bytesIn, type OnnxTensor, readTensor, textIn } from "./onnx-tensor.ts";
import { type Use, usesIn } from "./uses.ts";
import { refuse } from "./wire.ts";

/** The tensors of an ONNX file, and what is known of them. */
export interface OnnxWeights {
  /** The initializers that are numbers with a fraction, in the file's order. */
  readonly tensors: readonly OnnxTensor[];
  /** How the graph uses them, in the order of its nodes; tensors that no product uses are not in it. */
  readonly uses: ReadonlyMap<string, Use>;
  /** The file's own notes. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Numbers of the fields of ModelProto, GraphProto and StringStringEntryProto (onnx.proto). */
const MODEL = { graph: 7, metadata: 14 };
const GRAPH = { node: 1, initializer: 5, sparse: 15 };
const ENTRY = { key: 1, value: 2 };

/**
 * Reads the initializers of an ONNX file, bit for bit, and how its graph uses them. Other parts of the file are not read. It takes a
 * time in proportion to the file, and memory for its tensors alone, whatever lengths it states.
 *
 * Throws a DataError for bytes that are not an ONNX model, for tensors whose values lie in another file, and for sparse ones.
 *
 * Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 *
 * @param where the file's name in errors
 */
export function readOnnx(bytes: Uint8Array, where = "ONNX data"): OnnxWeights {
  const model = byNumber(bytes, where);
  const [graphBytes, ...others] = bytesIn(model, MODEL.graph);
  if (graphBytes === undefined || others.length > 0)
    return refuse(where, graphBytes === undefined ? "it has no graph" : "it has more than one graph");
  const graph = byNumber(graphBytes, where);
  if (graph.has(GRAPH.sparse)) refuse(where, "it has sparse tensors", "save it with dense ones");
  const tensors = bytesIn(graph, GRAPH.initializer).flatMap((each) => readTensor(each, where) ?? []);
  const names = new Set<string>();
  for (const { name } of tensors) {
    if (names.has(name)) refuse(where, `two tensors are named ${quote(name)}`);
    names.add(name);
  }
  const metadata = bytesIn(model, MODEL.metadata).map((entry) => {
    const fields = byNumber(entry, where);
    return [textIn(fields, ENTRY.key, where), textIn(fields, ENTRY.value, where)] as const;
  });
  return { tensors, uses: usesIn(bytesIn(graph, GRAPH.node), names, where), metadata: new Map(metadata) };
}
