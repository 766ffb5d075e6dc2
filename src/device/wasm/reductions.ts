import { type Expr, type Lanes, sum as sumOf } from "../../expr/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { type Code, f64 } from "./instructions.ts";

/** A reduction of a vector to a scalar, and how a loop accumulates it in float64. */
export interface Reduction {
  /** The total of no elements. */
  readonly start: number;
  /** An element's contribution to the total. */
  readonly part: (x: Code, arithmetic: Arithmetic) => Code;
  readonly combine: "add" | "max";
  /** The result, from the total and the number of elements. */
  readonly result: (total: Code, length: Code) => Code;
  /** Whether it needs at least one element. */
  readonly needsElements: boolean;
  /** Whether lanes of the vectors' own type accumulate it as accurately as float64, and faster. */
  readonly narrow: boolean;
  /** The reduction of a single number. */
  readonly ofOne: Lanes;
}

const same: Lanes = { kind: "same" };

const sum: Reduction = {
  start: 0,
  part: (x) => x,
  combine: "add",
  result: (total) => total,
  needsElements: false,
  narrow: false,
  ofOne: same,
};

const SUM_OF_ZEROS = "sum of zeros";

/** Σx for a vector whose elements are 0 or NaN. */
export function sumOfZeros(x: Expr): Expr {
  const node = sumOf(x);
  return node.kind === "apply" ? { ...node, operator: { ...node.operator, name: SUM_OF_ZEROS } } : node;
}

const reductions: Readonly<Record<string, Reduction>> = {
  sum,
  mean: { ...sum, result: (total, length) => [total, length, f64.div], needsElements: true },
  // Squares of float32 elements fit in float64; float64 norms are rewritten (norms.ts), except those of a scalar.
  norm: {
    ...sum,
    part: (x, { mul }) => [x, x, mul],
    result: (total) => [total, f64.sqrt],
    ofOne: { kind: "instruction", instruction: "abs" },
  },
  [SUM_OF_ZEROS]: { ...sum, narrow: true },
  maxOf: { ...sum, start: Number.NEGATIVE_INFINITY, combine: "max", needsElements: true },
};

export const reductionNamed = (name: string): Reduction | undefined =>
  Object.hasOwn(reductions, name) ? reductions[name] : undefined;
