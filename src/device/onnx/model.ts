import type { OnnxAttribute } from "../../expr/onnx.ts";
import { onnxType } from "../../expr/operators/cast.ts";
import type { Graph, GraphNode, Initializer, Port } from "./graph.ts";

/** The format's version 8 and operator set 18 (ONNX 1.13): reductions take axes as inputs, ScatterND adds. */
const IR_VERSION = 8;
const OPSET = 18;

/** The graph as the bytes of an ONNX file (a ModelProto). */
export async function encodeModel(graph: Graph): Promise<Uint8Array> {
  // Loaded only when a model is made: it is large, and CommonJS.
  const { onnx } = (await import("onnx-proto")).default;
  const { FLOAT, DOUBLE, INT64 } = onnx.TensorProto.DataType;
  const { FLOAT: F, INT: I, INTS, STRING } = onnx.AttributeProto.AttributeType;

  const port = ({ name, shape, dtype }: Port) => ({
    name,
    type: { tensorType: { elemType: onnxType[dtype], shape: { dim: shape.map((n) => ({ dimValue: n })) } } },
  });
  const tensor = ({ name, shape, data }: Initializer) => ({
    name,
    dims: [...shape],
    dataType: data instanceof BigInt64Array ? INT64 : data instanceof Float32Array ? FLOAT : DOUBLE,
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  });
  const attribute = ([name, value]: [string, OnnxAttribute]) => {
    if ("int" in value) return { name, type: I, i: value.int };
    if ("ints" in value) return { name, type: INTS, ints: [...value.ints] };
    if ("float" in value) return { name, type: F, f: value.float };
    return { name, type: STRING, s: new TextEncoder().encode(value.string) };
  };
  const node = ({ type, inputs, output, attributes }: GraphNode) => ({
    opType: type,
    name: output,
    input: [...inputs],
    output: [output],
    attribute: Object.entries(attributes).map(attribute),
  });

  return onnx.ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: "", version: OPSET }],
    producerName: "downhill",
    graph: {
      name: "program",
      input: graph.inputs.map(port),
      output: graph.outputs.map(port),
      initializer: graph.initializers.map(tensor),
      node: graph.nodes.map(node),
    },
  }).finish();
}
