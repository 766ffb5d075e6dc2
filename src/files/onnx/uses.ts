import { byNumber, bytesIn, type Fields, numbersIn, textIn } from "./onnx-tensor.ts";
import { type Field, textOf } from "./wire.ts";

/** How a graph uses a tensor: as the matrix of a product x·W, stored as W or as its transpose, or as what is added to one. */
export type Use = "matrix" | "transposed matrix" | "added";

/** Numbers of the fields of NodeProto and AttributeProto (onnx.proto). */
const NODE = { input: 1, output: 2, type: 4, attribute: 5 };
const ATTRIBUTE = { name: 1, float: 2, integer: 3 };

interface Node {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly isTransposed: boolean;
  /** Whether Gemm multiplies its matrix or what it adds by a number. */
  readonly isScaled: boolean;
}

/**
 * How the nodes of a graph use its initializers, in the order of the nodes: those of Gemm, MatMul and the Add after it, also behind a
 * Transpose. A tensor that is used twice keeps its first use; one that is also multiplied by a number has none.
 */
export function usesIn(nodes: readonly Uint8Array[], names: ReadonlySet<string>, where: string): Map<string, Use> {
  const uses = new Map<string, Use>();
  const transposes = new Map<string, string>();
  const products = new Set<string>();
  const use = (name: string, how: Use): void => {
    if (names.has(name) && !uses.has(name)) uses.set(name, how);
  };
  const matrix = (name: string, isTransposed: boolean): void => {
    const from = transposes.get(name);
    use(from ?? name, isTransposed !== (from !== undefined) ? "transposed matrix" : "matrix");
  };
  for (const bytes of nodes) {
    const { type, inputs, outputs, isTransposed, isScaled } = readNode(byNumber(bytes, where), where);
    if (isScaled) continue;
    const [first = "", second = "", third = ""] = inputs;
    if (type === "Transpose" && names.has(first)) for (const output of outputs) transposes.set(output, first);
    if (type === "MatMul" || type === "Gemm") matrix(second, isTransposed);
    if (type === "MatMul" || type === "Gemm") for (const output of outputs) products.add(output);
    if (type === "Gemm") use(third, "added");
    if (type === "Add" && products.has(first)) use(second, "added");
    if (type === "Add" && products.has(second)) use(first, "added");
  }
  return uses;
}

function readNode(fields: Fields, where: string): Node {
  const texts = (number: number): string[] => bytesIn(fields, number).map((bytes) => textOf(bytes, where));
  const type = textIn(fields, NODE.type, where);
  const attributes = new Map(
    bytesIn(fields, NODE.attribute).map((bytes) => {
      const attribute = byNumber(bytes, where);
      return [textIn(attribute, ATTRIBUTE.name, where), attribute] as const;
    }),
  );
  const isOn = (name: string): boolean =>
    numbersIn(attributes.get(name) ?? new Map(), ATTRIBUTE.integer, where).some((value) => value !== 0n);
  const isOne = (name: string): boolean => (attributes.get(name)?.get(ATTRIBUTE.float) ?? []).every(isOneFloat);
  return {
    ...{ type, inputs: texts(NODE.input), outputs: texts(NODE.output) },
    isTransposed: type === "Gemm" && isOn("transB"),
    isScaled: type === "Gemm" && !(isOne("alpha") && isOne("beta")),
  };
}

/** The bytes of 1 as a float. */
const isOneFloat = ({ kind, value }: Field): boolean => kind === "four" && value.join() === "0,0,128,63";
