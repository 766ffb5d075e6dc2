import { quote } from "../arguments/index.ts";
import { type ArrayLike64, type NDArray, scalar, shapeOf, toArray } from "./array.ts";
import type { Lanes } from "./lanes.ts";
import type { OnnxGraph } from "./onnx.ts";
import { checkShape, type Shape } from "./shape.ts";
import type { Tex } from "./tex.ts";

/** The type of a tensor's numbers. The reference interpreter always computes in float64. */
export type DType = "f64" | "f32";

/** An expression: an immutable value. Nodes are shared freely; equal sub-expressions are merged before they are computed. */
export type Expr = Input | Constant | Application;

/** A tensor whose numbers are fed in by name. */
export interface Input {
  readonly kind: "input";
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Fixed numbers. Those without a type of their own take the type of what they meet, as a plain number does. */
export interface Constant {
  readonly kind: "constant";
  readonly value: NDArray;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly untyped?: boolean;
}

/** An operator applied to expressions. */
export interface Application {
  readonly kind: "apply";
  readonly operator: Operator;
  readonly inputs: readonly Expr[];
  readonly shape: Shape;
  readonly dtype: DType;
  /** Computed from untyped constants alone. */
  readonly untyped?: boolean;
}

export type Attribute = number | string | readonly number[];

/**
 * All that is to know of an operator, in one place. An operator with a hole in it does not compile.
 * Operators with settings (the axes of a sum) are made anew for each setting.
 */
export interface Operator {
  readonly name: string;
  /** The settings: with the name they tell this operator from every other. */
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The result's shape; throws a RangeError that names all shapes where they do not fit. */
  shape(inputs: readonly Shape[]): Shape;
  /** The meaning, in float64. */
  evaluate(inputs: readonly NDArray[], shape: Shape): NDArray;
  /**
   * The chain rule: from `adjoint`, the derivative of a scalar by this node, the derivative by its i-th input, again as
   * an expression. It may have the node's shape where the input was stretched; `grad` sums it back. `null`: no dependence.
   */
  derivative(i: number, adjoint: Expr, node: Application): Expr | null;
  /** Appends standard ONNX nodes and returns the name of the result. */
  onnx(graph: OnnxGraph, inputs: readonly string[], node: Application): string;
  /** One element in a WebAssembly loop; `null` where the operator is not element-wise. */
  readonly lanes: Lanes | null;
  tex(inputs: readonly Tex[], node: Application): Tex;
}

/** The names of the language, as a regular expression: a letter or _, then letters, digits (also ₀ to ₉) or _. */
export const NAME = String.raw`[\p{L}_][\p{L}\p{Nd}_₀-₉]*`;
const WHOLE_NAME = new RegExp(`^${NAME}$`, "u");

/** A named input. */
export function input(name: string, shape: Shape = [], dtype: DType = "f64"): Input {
  if (!WHOLE_NAME.test(name))
    throw new SyntaxError(`input name ${quote(name)}: a name is a letter or _, then letters, digits or _`);
  return { kind: "input", name, shape: checkShape(shape), dtype };
}

/**
 * Fixed numbers. The shape is read off nested arrays unless it is given. Without a type they take that of the tensors
 * that they meet, float64 among themselves; with one they keep it, and float32 that meets float64 becomes float64.
 */
export function constant(value: ArrayLike64, dtype?: DType, shape: Shape = shapeOf(value)): Constant {
  const numbers = typeof value === "number" ? scalar(value) : toArray(value, checkShape(shape), "constant");
  const typed = { kind: "constant", value: numbers, shape: numbers.shape, dtype: dtype ?? "f64" } as const;
  return dtype === undefined && numbers.shape.length > 0 ? { ...typed, untyped: true } : typed;
}

/** What operators accept: an expression, or a number that takes the other operands' type. */
export type Operand = Expr | number;

/** The operator applied; all inputs must be of one type (`alike` sees to it). */
export function apply(operator: Operator, ...inputs: readonly Expr[]): Application {
  const shape = operator.shape(inputs.map((x) => x.shape));
  const node = { kind: "apply", operator, inputs, shape, dtype: inputs[0].dtype } as const;
  return inputs.every(isUntyped) ? { ...node, untyped: true } : node;
}

/** A plain number as an expression, or the expression itself. */
export const lift = (x: Operand): Expr => (typeof x === "number" ? constant(x) : x);

/** Whether the expression is made of constants that have no type of their own; single numbers never have one. */
export const isUntyped = (x: Expr): boolean => x.kind !== "input" && (x.untyped === true || isNumber(x));

/** The type that operands share: float64 where any tensor is, as in NumPy; numbers and what is untyped don't count. */
export function commonType(operands: readonly Operand[]): DType {
  const tensors = operands.filter((x) => typeof x !== "number").filter((x) => !isNumber(x));
  const typed = tensors.filter((x) => !isUntyped(x));
  const voters = [typed, tensors].find((some) => some.length > 0) ?? operands;
  return voters.length > 0 && voters.every((x) => typeof x !== "number" && x.dtype === "f32") ? "f32" : "f64";
}

/** The number that a scalar constant holds, or undefined. */
export const numberOf = (x: Operand): number | undefined =>
  typeof x === "number" ? x : x.kind === "constant" && x.shape.length === 0 ? x.value.data[0] : undefined;

const isNumber = (x: Expr): boolean => x.kind === "constant" && x.shape.length === 0;
