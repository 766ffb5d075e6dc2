import { apply, type Expr, type Operator } from "./node.ts";
import { alike } from "./operators/elementwise.ts";
import { sameShape, showShape } from "./shape.ts";

/** The derivatives with respect to each of the variables, from the adjoint; `null`: none. */
export type DerivativeRule = (adjoint: Expr) => readonly (Expr | null)[];

/**
 * The value, with derivatives written by hand: for formulas whose own, step by step, cost more passes over memory than need be, such
 * as a normalisation's. It is the value itself in every program; only `grad` sees the rule, whose expressions can be differentiated
 * again. The rule must give each derivative whole: the value's other paths to a variable are not followed. Each has the variable's shape.
 */
export function withDerivatives(value: Expr, variables: readonly Expr[], rule: DerivativeRule): Expr {
  return apply(given(rule), ...alike([value, ...variables]));
}

const given = (rule: DerivativeRule): Operator => ({
  name: "withDerivatives",
  attributes: {},
  shape: ([value]) => value,
  evaluate: ([value]) => value,
  derivative: (i, adjoint, { inputs }) => {
    if (i === 0) return null;
    const slope = rule(adjoint)[i - 1];
    if (slope === null || sameShape(slope.shape, inputs[i].shape)) return slope;
    throw new RangeError(
      `withDerivatives: the derivative with respect to variable ${i} has shape ${showShape(slope.shape)}; it must be ${showShape(inputs[i].shape)}`,
    );
  },
  onnx: (_, [value]) => value,
  isFirstInput: true,
  lanes: null,
  tex: ([value]) => value,
});
