import type { DType, Expr } from "../../../expr/index.ts";
import { atom, binding, type Code, type Context, call, inside, type Word } from "../code/statements.ts";

/** The net's own type, in which numbers need no mention of theirs. */
export interface TorchContext extends Context {
  readonly dtype: DType;
}

/** How an operator is written. */
export type TorchWord = Word<TorchContext>;

/** The names of types. */
export const torchTypes = { f32: "torch.float32", f64: "torch.float64" } as const;

/** The code as a tensor of the node's type: numbers and conditions become one. */
export function tensor(code: Code, { dtype }: Expr, context: TorchContext): Code {
  const type = dtype === context.dtype ? undefined : torchTypes[dtype];
  if (code.is === "number") return call("x.new_tensor", [code.text, ...(type === undefined ? [] : [`dtype=${type}`])]);
  return code.is === "condition" ? atom(`${inside(code, binding.atom)}.to(${type ?? "x.dtype"})`) : code;
}

/** The code as a number or a tensor, as Python's own operators take it. */
export const value = (code: Code, node: Expr, context: TorchContext): Code =>
  code.is === "number" ? code : tensor(code, node, context);

/** A tuple of Python's. */
export const tuple = (items: readonly string[]): string =>
  items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;

/** The numbers of an operator's attribute. */
export const numbersIn = (given: unknown): readonly number[] => (Array.isArray(given) ? given.map(Number) : []);
