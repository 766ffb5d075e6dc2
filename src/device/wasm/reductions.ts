import { type Expr, type Lanes, sum as sumOf } from "../../expr/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { type Code, f64 } from "./instructions.ts";

/** A number made of all elements of a vector: how a loop gathers it, in float64. */
export interface Reduction {
  /** The total of no elements. */
  readonly start: number;
  /** What an element adds to the total. */
  readonly part: (x: Code, arithmetic: Arithmetic) => Code;
  readonly combine: "add" | "max";
  /** The result, from the total and the number of elements. */
  readonly result: (total: Code, length: Code) => Code;
  /** Whether it needs an element to be a number. */
  readonly needsElements: boolean;
  /** Whether lanes of the vectors' own type gather it as well as float64 does, and sooner. */
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

/** Σx for a vector whose numbers are 0 or not a number. */
export function sumOfZeros(x: Expr): Expr {
  const node = sumOf(x);
  return node.kind === "apply" ? { ...node, operator: { ...node.operator, name: SUM_OF_ZEROS } } : node;
}

const reductions: Readonly<Record<string, Reduction>> = {
  sum,
  mean: { ...sum, result: (total, length) => [total, length, f64.div], needsElements: true },
  // Squares of float32 numbers fit in float64; float64 norms are rewritten (norms.ts), but for those of one number.
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
