import { dtypeOf, type OnnxAttribute, onnxType } from "../../expr/index.ts";
import type { Graph, GraphNode, Initializer, Port } from "./graph.ts";
import { encode, type Message } from "./protobuf.ts";

/** The format's version 8 and operator set 18 (ONNX 1.13): every reduction takes its axes as an input. */
const IR_VERSION = 8;
const OPSET = 18;

/** AttributeProto.AttributeType and TensorProto.DataType. */
const FLOAT = 1;
const INT = 2;
const STRING = 3;
const INTS = 7;
const INT64 = 7;

/** A protobuf message is smaller than 2 GiB. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * The graph as the bytes of an ONNX file: a ModelProto. Field numbers are those of onnx/onnx.proto (ONNX 1.23.1); fields are
 * in the order of their numbers, and repeated numbers are not packed, as in ONNX's own library. Throws a RangeError if
 * the model would be larger than 2 GiB.
 */
export function encodeModel(graph: Graph): Uint8Array<ArrayBuffer> {
  return encode((to) => {
    to.integer(1, IR_VERSION);
    to.text(2, "downhill"); // producer_name
    to.message(7, () => writeGraph(to, graph));
    // opset_import: the standard's domain, and its version
    to.message(8, () => {
      to.text(1, "");
      to.integer(2, OPSET);
    });
  }, refuseTooLarge);
}

/** A GraphProto. */
function writeGraph(to: Message, { nodes, initializers, inputs, outputs }: Graph): void {
  for (const node of nodes) to.message(1, () => writeNode(to, node));
  to.text(2, "program"); // name
  for (const tensor of initializers) to.message(5, () => writeTensor(to, tensor));
  for (const port of inputs) to.message(11, () => writePort(to, port));
  for (const port of outputs) to.message(12, () => writePort(to, port));
}

/** A NodeProto. */
function writeNode(to: Message, { type, inputs, output, attributes }: GraphNode): void {
  for (const name of inputs) to.text(1, name);
  to.text(2, output);
  to.text(3, output); // name
  to.text(4, type); // op_type
  for (const [name, value] of Object.entries(attributes))
    to.message(5, () => {
      to.text(1, name);
      writeValue(to, value);
    });
}

/** An AttributeProto's value, and in field 20 its type. */
function writeValue(to: Message, value: OnnxAttribute): void {
  if ("float" in value) to.float(2, value.float);
  else if ("int" in value) to.integer(3, value.int);
  else if ("string" in value) to.text(4, value.string);
  else for (const n of value.ints) to.integer(8, n);
  to.integer(20, attributeType(value));
}

function attributeType(value: OnnxAttribute): number {
  if ("float" in value) return FLOAT;
  if ("int" in value) return INT;
  return "string" in value ? STRING : INTS;
}

/** A TensorProto. Raw data are little-endian, like every machine for which ONNX Runtime for JavaScript is built. */
function writeTensor(to: Message, { name, shape, data }: Initializer): void {
  for (const n of shape) to.integer(1, n); // dims
  to.integer(2, elementType(data)); // data_type
  to.text(8, name);
  to.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)); // raw_data
}

function elementType(data: Initializer["data"]): number {
  if (data instanceof BigInt64Array) return INT64;
  return onnxType[dtypeOf(data)];
}

/** A ValueInfoProto: a name and a TypeProto, which is a tensor's element type and shape. */
function writePort(to: Message, { name, shape, dtype }: Port): void {
  const dimensions = () => {
    for (const n of shape) to.message(1, () => to.integer(1, n));
  };
  const tensorType = () => {
    to.integer(1, onnxType[dtype]);
    to.message(2, dimensions);
  };
  to.text(1, name);
  to.message(2, () => to.message(1, tensorType));
}

function refuseTooLarge(size: number): void {
  if (size > MOST_BYTES)
    throw new RangeError(
      `the model would take ${(size / 2 ** 30).toFixed(2)} GiB, and an ONNX file holds less than 2; ` +
        "make its large constants inputs",
    );
}
