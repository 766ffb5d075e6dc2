import { type Expr, input, type Shape, type Vector } from "../expr/index.ts";
import { norm } from "../expr/operators/index.ts";

/**
 * The measurements of each step that a training loop needs. If possible, the update's own pass over memory records
 * them.
 */
export interface Watch {
  /** A vector like w: each step stores the previous w here. */
  readonly before: Vector;
  /** ‖g‖ at the last step. */
  gradientNorm: number;
}

/** The results with the previous w and ‖g‖. Names in a rule have no blanks. */
export const BEFORE = "w before";
export const GRADIENT_NORM = "length of g";

/** An update that also records what is watched: one more store and a sum, in a loop that waits for roots and divisions. */
export const withWatch = (outputs: Readonly<Record<string, Expr>>, shape: Shape): Readonly<Record<string, Expr>> => ({
  ...outputs,
  [BEFORE]: input("w", shape),
  [GRADIENT_NORM]: norm(input("g", shape)),
});
