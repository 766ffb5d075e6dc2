import { type Expr, input, type Shape, type Vector } from "../expr/index.ts";
import { norm } from "../expr/operators/index.ts";

/** What a loop wants to know of each step. Where it can be, it is gathered in the update's own pass over memory. */
export interface Watch {
  /** A vector like w: each step leaves w there as it was before. */
  readonly before: Vector;
  /** ‖g‖ of the last step, which sets it. */
  gradientNorm: number;
}

/** The results in which an update keeps w and gives ‖g‖. No name in a rule has a blank. */
export const BEFORE = "w before";
export const GRADIENT_NORM = "length of g";

/** An update that tells what is watched, too: one store more, and a sum, in a loop that waits for roots and divisions. */
export const withWatch = (outputs: Readonly<Record<string, Expr>>, shape: Shape): Readonly<Record<string, Expr>> => ({
  ...outputs,
  [BEFORE]: input("w", shape),
  [GRADIENT_NORM]: norm(input("g", shape)),
});
