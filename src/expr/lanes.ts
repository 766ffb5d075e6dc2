/** Instructions that WebAssembly has for two float64 or four float32 numbers at once. */
export type LaneInstruction =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "sqrt"
  | "neg"
  | "abs"
  | "min"
  | "max"
  | "floor"
  | "ceil"
  | "nearest";
export type LaneComparison = "lt" | "le" | "gt" | "ge" | "eq" | "ne";

/** How an element-wise operator is computed in a WebAssembly loop. */
export type Lanes =
  | { readonly kind: "instruction"; readonly instruction: LaneInstruction }
  /** 1 where the comparison holds, else 0. */
  | { readonly kind: "compare"; readonly comparison: LaneComparison }
  /** The second operand where the first is not 0, else the third. */
  | { readonly kind: "select" }
  /** The operand to a whole power, by repeated multiplication. */
  | { readonly kind: "power"; readonly exponent: number }
  /** The larger of the operand and 0. */
  | { readonly kind: "rectify" }
  /** The first operand, but no less than the second and no more than the third. */
  | { readonly kind: "clip" }
  /** The operand itself: a change of type or of nothing. */
  | { readonly kind: "same" }
  /** A function that WebAssembly lacks, called for each number in float64. */
  | { readonly kind: "call"; readonly name: string; readonly value: (...x: number[]) => number };

export const instruction = (name: LaneInstruction): Lanes => ({ kind: "instruction", instruction: name });
export const call = (name: string, value: (...x: number[]) => number): Lanes => ({ kind: "call", name, value });
