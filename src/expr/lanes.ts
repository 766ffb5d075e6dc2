/** WebAssembly's instructions on two float64 or four float32 lanes. */
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
/** WebAssembly's comparisons: <, ≤, >, ≥, = and ≠. */
export type LaneComparison = "lt" | "le" | "gt" | "ge" | "eq" | "ne";

/** How a WebAssembly loop computes an element-wise operator. */
export type Lanes =
  | { readonly kind: "instruction"; readonly instruction: LaneInstruction }
  /** 1 if the comparison holds, else 0. */
  | { readonly kind: "compare"; readonly comparison: LaneComparison }
  /** The second operand if the first is not 0, else the third. */
  | { readonly kind: "select" }
  /** A whole-number power, by repeated multiplication. */
  | { readonly kind: "power"; readonly exponent: number }
  /** The larger of the operand and 0. */
  | { readonly kind: "rectify" }
  /** The first operand, clipped to the range from the second to the third. */
  | { readonly kind: "clip" }
  /** The operand itself, such as for a change of type. */
  | { readonly kind: "same" }
  /** A function that WebAssembly lacks, called for each element in float64. */
  | {
      readonly kind: "call";
      readonly name: string;
      /** The function, in float64. */
      readonly value: (...x: number[]) => number;
    };

export const instruction = (name: LaneInstruction): Lanes => ({ kind: "instruction", instruction: name });
export const call = (name: string, value: (...x: number[]) => number): Lanes => ({ kind: "call", name, value });
