import { mapElements } from "../array.ts";
import type { Lanes } from "../lanes.ts";
import {
  type Application,
  type Attribute,
  apply,
  commonType,
  constant,
  type Expr,
  lift,
  type Operand,
  type Operator,
} from "../node.ts";
import type { OnnxGraph } from "../onnx.ts";
import { broadcastShapes } from "../shape.ts";
import { callTex, type Tex } from "../tex.ts";
import { inType } from "./cast.ts";

/** The derivative with respect to one input, from the adjoint, the inputs and the result; `null`: none. */
export type Derivative = ((adjoint: Expr, inputs: readonly Expr[], result: Expr) => Expr) | null;

/** The definition of an element-wise operator; they all broadcast. */
export interface ElementwiseSpec {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** Computes one element from one element of each input. */
  readonly value: (...x: number[]) => number;
  readonly lanes: Lanes;
  readonly derivatives: readonly Derivative[];
  readonly onnx: string | ((graph: OnnxGraph, inputs: readonly string[], node: Application) => string);
  /** Default: a call of the operator's name. */
  readonly tex?: (inputs: readonly Tex[]) => Tex;
}

export function elementwise(spec: ElementwiseSpec): Operator {
  const { name, onnx } = spec;
  return {
    name,
    attributes: spec.attributes ?? {},
    shape: (shapes) => broadcastShapes(name, shapes),
    evaluate: (inputs, shape) => mapElements(spec.value, inputs, shape),
    derivative: (i, adjoint, node) => spec.derivatives[i]?.(adjoint, node.inputs, node) ?? null,
    onnx: typeof onnx === "string" ? (graph, inputs) => graph.node(onnx, inputs) : onnx,
    lanes: spec.lanes,
    tex: spec.tex ?? ((inputs) => callTex(name, inputs)),
  };
}

/** A function of one operand. */
export function unary(spec: ElementwiseSpec): (x: Operand) => Expr {
  const operator = elementwise(spec);
  return (x) => apply(operator, lift(x));
}

/** A function of two operands, converted to their common type. */
export function binary(spec: ElementwiseSpec): (a: Operand, b: Operand) => Expr {
  const operator = elementwise(spec);
  return (a, b) => apply(operator, ...alike([a, b]));
}

/** Converts operands to expressions of one type: numbers take the tensors' type, and float32 beside float64 is widened. */
export function alike(operands: readonly Operand[]): Expr[] {
  const dtype = commonType(operands);
  return operands.map((x) => (typeof x === "number" ? constant(x, dtype) : inType(x, dtype)));
}
