import { type DType, dtypeOf, type OnnxAttribute, onnxType } from "../../expr/index.ts";
import { type GraphNode, type Initializer, NCHWC } from "./graph.ts";
import { encode, type Message } from "./protobuf.ts";

/** The format's version 8 and operator set 18 (ONNX 1.13): every reduction takes its axes as an input. */
const IR_VERSION = 8;
const OPSET = 18;

/** The versions of other domains: operators of classical machine learning, on words among others; and the runtime's own. */
const OTHER_OPSETS: Readonly<Record<string, number>> = { "ai.onnx.ml": 2, [NCHWC]: 1 };

/** AttributeProto.AttributeType, by the kind of value. */
const ATTRIBUTE = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const;

/** TensorProto.DataType. */
const TENSOR = { ...onnxType, int64: 7, string: 8 } as const;

/** What a file holds: a graph, or one whose sizes are open and whose tensors may hold words. */
export interface ModelGraph {
  readonly nodes: readonly GraphNode[];
  readonly initializers: readonly Initializer[];
  readonly inputs: readonly ModelPort[];
  readonly outputs: readonly ModelPort[];
  /** Texts for those who read the file, by their names. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A tensor that enters or leaves a model. A length that is open has a name, such as "n". */
export interface ModelPort {
  readonly name: string;
  readonly shape: readonly (number | string)[];
  readonly dtype: DType | "int64" | "string";
}

/** A protobuf message is smaller than 2 GiB. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * The graph as the bytes of an ONNX file: a ModelProto. Field numbers are those of onnx/onnx.proto (ONNX 1.23.1); fields are
 * in the order of their numbers, and repeated numbers are not packed, as in ONNX's own library. Throws a RangeError if
 * the model would be larger than 2 GiB.
 */
export function encodeModel(graph: ModelGraph): Uint8Array<ArrayBuffer> {
  const domains = new Set(graph.nodes.map(({ domain }) => domain));
  return encode((to) => {
    to.integer(1, IR_VERSION);
    to.text(2, "downhill"); // producer_name
    to.message(7, () => writeGraph(to, graph));
    // opset_import: the standard's domain, and its version
    to.message(8, () => {
      to.text(1, "");
      to.integer(2, OPSET);
    });
    for (const [domain, version] of Object.entries(OTHER_OPSETS).filter(([name]) => domains.has(name)))
      to.message(8, () => {
        to.text(1, domain);
        to.integer(2, version);
      });
    for (const [key, value] of Object.entries(graph.metadata ?? {}))
      to.message(14, () => {
        to.text(1, key);
        to.text(2, value);
      });
  }, refuseTooLarge);
}

/** A GraphProto. */
function writeGraph(to: Message, { nodes, initializers, inputs, outputs }: ModelGraph): void {
  for (const node of nodes) to.message(1, () => writeNode(to, node));
  to.text(2, "program"); // name
  for (const tensor of initializers) to.message(5, () => writeTensor(to, tensor));
  for (const port of inputs) to.message(11, () => writePort(to, port));
  for (const port of outputs) to.message(12, () => writePort(to, port));
}

/** A NodeProto. */
function writeNode(to: Message, { type, inputs, output, second, attributes, domain }: GraphNode): void {
  for (const name of inputs) to.text(1, name);
  to.text(2, output);
  if (second !== undefined) to.text(2, second);
  to.text(3, output); // name
  to.text(4, type); // op_type
  for (const [name, value] of Object.entries(attributes))
    to.message(5, () => {
      to.text(1, name);
      writeValue(to, value);
    });
  if (domain !== undefined) to.text(7, domain);
}

/** An AttributeProto's value, and in field 20 its type. */
function writeValue(to: Message, value: OnnxAttribute): void {
  if ("float" in value) to.float(2, value.float);
  else if ("int" in value) to.integer(3, value.int);
  else if ("string" in value) to.text(4, value.string);
  else if ("floats" in value) for (const x of value.floats) to.float(7, x);
  else if ("ints" in value) for (const n of value.ints) to.integer(8, n);
  else for (const text of value.strings) to.text(9, text);
  to.integer(20, attributeType(value));
}

const attributeType = (value: OnnxAttribute): number =>
  Object.entries(ATTRIBUTE).find(([kind]) => kind in value)?.[1] ?? 0;

/** A TensorProto. Raw data are little-endian, like every machine for which ONNX Runtime for JavaScript is built. */
function writeTensor(to: Message, { name, shape, data }: Initializer): void {
  for (const n of shape) to.integer(1, n); // dims
  to.integer(2, elementType(data)); // data_type
  to.text(8, name);
  to.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)); // raw_data
}

function elementType(data: Initializer["data"]): number {
  if (data instanceof BigInt64Array) return TENSOR.int64;
  return onnxType[dtypeOf(data)];
}

/** A ValueInfoProto: a name and a TypeProto, which is a tensor's element type and shape. */
function writePort(to: Message, { name, shape, dtype }: ModelPort): void {
  const dimensions = () => {
    for (const n of shape) to.message(1, () => (typeof n === "string" ? to.text(2, n) : to.integer(1, n)));
  };
  const tensorType = () => {
    to.integer(1, TENSOR[dtype]);
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
