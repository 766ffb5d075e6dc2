import type { Application, Attribute, Expr, Operand } from "../node.ts";
import { binding } from "../tex.ts";
import type { Infix } from "./lexer.ts";
import type { Settings } from "./settings.ts";

/** A piece of text, and how tightly its outermost operator binds. */
export interface Written {
  readonly text: string;
  readonly binds: number;
}

/** How an operator is written. Every one may be written as a call, with operands and settings. */
export interface Word {
  /** The operands' names, for messages. `"any number"`: one or more. */
  readonly operands: readonly string[] | "any number";
  /** The settings by name, each with its value where it is left out; `null`: it has none and is always written. */
  readonly settings: Readonly<Record<string, ((node: Application) => Attribute) | null>>;
  readonly build: (operands: readonly Operand[], settings: Settings) => Expr;
  /** How it is printed. Default: as a call. */
  readonly print?: (inputs: readonly Written[], node: Application) => Written;
}

type Build = Word["build"];

export const call = (operands: Word["operands"], build: Build, settings: Word["settings"] = {}): Word => ({
  operands,
  settings,
  build,
});

export const one = (f: (x: Operand) => Expr): Word => call(["x"], ([x]) => f(x));
export const two = (f: (a: Operand, b: Operand) => Expr): Word => call(["a", "b"], ([a, b]) => f(a, b));

/** How tightly each symbol binds, and how tightly its left and right operands must. */
const RANKS: Readonly<Record<Infix, readonly [binds: number, left: number, right: number]>> = {
  "<": [binding.comparison, binding.sum, binding.sum],
  "<=": [binding.comparison, binding.sum, binding.sum],
  ">": [binding.comparison, binding.sum, binding.sum],
  ">=": [binding.comparison, binding.sum, binding.sum],
  "==": [binding.comparison, binding.sum, binding.sum],
  "!=": [binding.comparison, binding.sum, binding.sum],
  "+": [binding.sum, binding.sum, binding.product],
  "-": [binding.sum, binding.sum, binding.product],
  "*": [binding.product, binding.product, binding.sign],
  "/": [binding.product, binding.product, binding.sign],
  "^": [binding.power, binding.atom, binding.sign],
};

export const infix = (symbol: Infix, f: (a: Operand, b: Operand) => Expr): Word => ({
  ...two(f),
  print: ([a, b]) => between(a, symbol, b),
});

/** The symbol between two pieces of text, in parentheses where they bind too loosely. */
export function between(a: Written, symbol: Infix, b: Written): Written {
  const [binds, left, right] = RANKS[symbol];
  const gap = binds >= binding.product ? "" : " ";
  return { text: `${inside(a, left)}${gap}${symbol}${gap}${inside(b, right)}`, binds };
}

/** A minus before the text; a number is put in parentheses, since -2 is a number itself. */
export const negative = (x: Written, isNumber: boolean): Written => ({
  text: isNumber ? `-(${x.text})` : `-${inside(x, binding.sign)}`,
  binds: binding.sign,
});

/** The text in parentheses where it binds less tightly than its place asks. */
const inside = (x: Written, binds: number): string => (x.binds < binds ? `(${x.text})` : x.text);

export const callText = (name: string, given: readonly string[]): Written => ({
  text: `${name}(${given.join(", ")})`,
  binds: binding.atom,
});

/** A number as the language reads it back, to the last bit. */
export function numberText(value: number): Written {
  const size = String(Math.abs(value)).replace("e+", "e").replace("Infinity", "inf").replace("NaN", "nan");
  const negative = value < 0 || Object.is(value, -0);
  return negative ? { text: `-${size}`, binds: binding.sign } : { text: size, binds: binding.atom };
}
