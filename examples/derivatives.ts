// Exact derivatives of a formula, of any order, which are formulas again.
import { constant, evaluateScalar, grad, hvp, input, parseExpression, print, program } from "downhill/expr";

const [x, y] = [input("x"), input("y")];
const f = parseExpression("x^3*y + sin(y)", { x, y });

const [dx, dy] = program(grad(f, [x, y])).outputs;
console.log("∂f/∂x =", print(dx));
console.log("∂f/∂y =", print(dy));

// The Hessian times (1, 2), without computing the Hessian.
const product = hvp(f, [x, y], [constant(1), constant(2)]);
console.log(
  "∇²f(2, 0)·(1, 2) =",
  product.map((part) => evaluateScalar(part, { x: 2, y: 0 })),
);

// Prints
// ∂f/∂x = y*(3*x^2)
// ∂f/∂y = cos(y) + x^3
// ∇²f(2, 0)·(1, 2) = [ 24, 12 ]
