export { type ArrayLike64, type NDArray, shapeOf } from "./array.ts";
export { checkGradient, type GradientCheck } from "./check.ts";
export { evaluate, evaluateScalar, type Feeds } from "./evaluate.ts";
export { grad, hvp, jvp, vjp } from "./grad.ts";
export {
  type Application,
  type Attribute,
  type Constant,
  constant,
  type DType,
  type Expr,
  type Input,
  input,
  type Operand,
  type Operator,
} from "./node.ts";
export * from "./operators/index.ts";
export { type Program, program } from "./program.ts";
export { sameExpr } from "./same.ts";
export { type Shape, showShape, sizeOf } from "./shape.ts";
export * from "./text/index.ts";
