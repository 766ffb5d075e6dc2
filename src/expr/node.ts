import { quote } from "../arguments/index.ts";
import { type ArrayLike64, type NDArray, scalar, shapeOf, toArray } from "./array.ts";
import type { Lanes } from "./lanes.ts";
import type { OnnxGraph } from "./onnx.ts";
import { checkShape, type Shape } from "./shape.ts";
import type { Tex } from "./tex.ts";

/** The type of a tensor's elements. The reference interpreter always computes in float64. */
export type DType = "f64" | "f32";

/** An immutable expression. Nodes can be shared freely; equal sub-expressions are merged before computing. */
export type Expr = Input | Constant | Application;

/** A tensor whose values are given by name. */
export interface Input {
  readonly kind: "input";
  /** By which `evaluate` and programs take its values. */
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A constant tensor. Without its own type it takes the type of the other operands, as a plain number does. */
export interface Constant {
  readonly kind: "constant";
  /** Its elements. */
  readonly value: NDArray;
  readonly shape: Shape;
  readonly dtype: DType;
  /** Whether it takes the type of the other operands. */
  readonly untyped?: boolean;
}

/** An operator applied to expressions. */
export interface Application {
  readonly kind: "apply";
  /** The operator that is applied. */
  readonly operator: Operator;
  /** Its operands, which all have its type. */
  readonly inputs: readonly Expr[];
  readonly shape: Shape;
  readonly dtype: DType;
  /** Whether it is computed from untyped constants only. */
  readonly untyped?: boolean;
}

/** A setting of an operator, such as the axes of a sum. */
export type Attribute = number | string | readonly number[];

/**
 * The complete definition of an operator, in one place; with a member missing it does not compile. Operators with settings
 * (the axes of a sum) have one instance for each setting.
 */
export interface Operator {
  /** In messages and printed expressions. */
  readonly name: string;
  /** The settings; together with the name they identify the operator. */
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The result's shape. Throws a RangeError that names all shapes if they do not fit. */
  shape(inputs: readonly Shape[]): Shape;
  /** The meaning, in float64. */
  evaluate(inputs: readonly NDArray[], shape: Shape): NDArray;
  /**
   * The chain rule: from `adjoint`, the derivative of a scalar with respect to this node, the derivative with respect to its
   * i-th input, again an expression. If the input was broadcast, it may have the node's shape; `grad` sums it. `null`: none.
   */
  derivative(i: number, adjoint: Expr, node: Application): Expr | null;
  /** Appends standard ONNX nodes and returns the name of the result. */
  onnx(graph: OnnxGraph, inputs: readonly string[], node: Application): string;
  /** Elementary operations for one element of the result. Default: 1. */
  readonly work?: (node: Application) => number;
  /** Set if the result is the first input itself, which then takes its place in every program. */
  readonly isFirstInput?: true;
  /** How a WebAssembly loop computes one element; `null` if the operator is not element-wise. */
  readonly lanes: Lanes | null;
  /** The formula in TeX, from those of the inputs. */
  tex(inputs: readonly Tex[], node: Application): Tex;
}

/** A regular expression for names: a letter or _, then letters, digits (also ₀ to ₉) or _. */
export const NAME = String.raw`[\p{L}_][\p{L}\p{Nd}_₀-₉]*`;
const WHOLE_NAME = new RegExp(`^${NAME}$`, "u");

/**
 * A named input, by default a float64 scalar. Throws a SyntaxError for a name that is not a letter or _, then letters,
 * digits or _.
 */
export function input(name: string, shape: Shape = [], dtype: DType = "f64"): Input {
  if (!WHOLE_NAME.test(name))
    throw new SyntaxError(`input name ${quote(name)}: a name is a letter or _, then letters, digits or _`);
  return { kind: "input", name, shape: checkShape(shape), dtype };
}

/**
 * A constant tensor. By default its shape is that of the nested arrays. Without a type it takes the type of the other
 * operands, or float64 among untyped constants; with one it keeps it, and float32 combined with float64 becomes float64.
 */
export function constant(value: ArrayLike64, dtype?: DType, shape: Shape = shapeOf(value)): Constant {
  const numbers = typeof value === "number" ? scalar(value) : toArray(value, checkShape(shape), "constant");
  const typed = { kind: "constant", value: numbers, shape: numbers.shape, dtype: dtype ?? "f64" } as const;
  return dtype === undefined && numbers.shape.length > 0 ? { ...typed, untyped: true } : typed;
}

/** An operand: an expression, or a number, which takes the other operands' type. */
export type Operand = Expr | number;

/** Applies an operator; all inputs must have the same type (see `alike`). */
export function apply(operator: Operator, ...inputs: readonly Expr[]): Application {
  const shape = operator.shape(inputs.map((x) => x.shape));
  const node = { kind: "apply", operator, inputs, shape, dtype: inputs[0].dtype } as const;
  return inputs.every(isUntyped) ? { ...node, untyped: true } : node;
}

/** A plain number as an expression, or the expression itself. */
export const lift = (x: Operand): Expr => (typeof x === "number" ? constant(x) : x);

/** Whether the expression consists of untyped constants; scalar constants are always untyped. */
export const isUntyped = (x: Expr): boolean => x.kind !== "input" && (x.untyped === true || isNumber(x));

/** The operands' common type: float64 if any typed operand is, as in NumPy; untyped operands don't count. */
export function commonType(operands: readonly Operand[]): DType {
  const tensors = operands.filter((x) => typeof x !== "number").filter((x) => !isNumber(x));
  const typed = tensors.filter((x) => !isUntyped(x));
  const voters = [typed, tensors].find((some) => some.length > 0) ?? operands;
  return voters.length > 0 && voters.every((x) => typeof x !== "number" && x.dtype === "f32") ? "f32" : "f64";
}

/** The value of a scalar constant; undefined for other operands. */
export const numberOf = (x: Operand): number | undefined =>
  typeof x === "number" ? x : x.kind === "constant" && x.shape.length === 0 ? x.value.data[0] : undefined;

const isNumber = (x: Expr): boolean => x.kind === "constant" && x.shape.length === 0;
