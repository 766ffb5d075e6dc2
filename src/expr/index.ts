/**
 * The language of formulas: expressions and their operators, derivatives of any order, the reference interpreter, and
 * the parser of the written form.
 *
 * @module
 */

export { type ArrayLike64, type NDArray, scalar, shapeOf, toArray, zeros } from "./array.ts";
export { checkGradient, type GradientCheck } from "./check-gradient.ts";
export { evaluate, evaluateScalar, evaluation, type Feeds } from "./evaluate.ts";
export { type DerivativeRule, withDerivatives } from "./given-derivative.ts";
export { grad, hvp, jvp, vjp } from "./grad.ts";
export type { LaneComparison, LaneInstruction, Lanes } from "./lanes.ts";
export type { Layout, TensorPlace } from "./layout.ts";
export {
  type Application,
  type Attribute,
  type Constant,
  constant,
  type DType,
  type Expr,
  type Input,
  input,
  numberOf,
  type Operand,
  type Operator,
} from "./node.ts";
export { once, remember } from "./once.ts";
export { INDICES_OF_MAXIMA, int, ints, type OnnxAttribute, type OnnxGraph, UNEVEN_CHANNELS } from "./onnx.ts";
export { onnxType } from "./operators/cast.ts";
export * from "./operators/index.ts";
export { multiplyOut } from "./operators/power.ts";
export { inOrder, type Program, program } from "./program.ts";
export { sameExpr } from "./same.ts";
export { BIASES, selectTensors } from "./select-tensors.ts";
export { type Shape, sameShape, showShape, sizeOf } from "./shape.ts";
export * from "./text/index.ts";
export { dtypeOf, isVector, type Vector, zerosLike } from "./vector.ts";
