import type { Application, Attribute, Expr, Operand } from "../node.ts";
import { binding } from "../tex.ts";
import type { Settings } from "./call-settings.ts";
import type { Infix } from "./lexer.ts";

/** A piece of text, and the precedence of its outermost operator. */
export interface Written {
  readonly text: string;
  readonly binds: number;
}

/** An operator's written form. Each can be written as a call, with operands and settings. */
export interface Word {
  /** The operands' names, for messages. `"any number"`: one or more. */
  readonly operands: readonly string[] | "any number";
  /** The settings' defaults by name; `null`: no default, so the setting is always written. */
  readonly settings: Readonly<Record<string, ((node: Application) => Attribute) | null>>;
  readonly build: (operands: readonly Operand[], settings: Settings) => Expr;
  /** Prints it. Default: as a call. */
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

/** The precedence of each symbol, and the least precedence of its left and right operands. */
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

/** Two pieces of text with a symbol between them, in parentheses if they bind too loosely. */
export function between(a: Written, symbol: Infix, b: Written): Written {
  const [binds, left, right] = RANKS[symbol];
  const gap = binds >= binding.product ? "" : " ";
  return { text: `${inside(a, left)}${gap}${symbol}${gap}${inside(b, right)}`, binds };
}

/** A minus before the text; a number gets parentheses, since -2 is itself a number. */
export const negative = (x: Written, isNumber: boolean): Written => ({
  text: isNumber ? `-(${x.text})` : `-${inside(x, binding.sign)}`,
  binds: binding.sign,
});

/** Adds parentheses if the text binds less tightly than required. */
const inside = (x: Written, binds: number): string => (x.binds < binds ? `(${x.text})` : x.text);

export const callText = (name: string, given: readonly string[]): Written => ({
  text: `${name}(${given.join(", ")})`,
  binds: binding.atom,
});

/** A number as text, from which the language reads back the same bits. */
export function numberText(value: number): Written {
  const size = String(Math.abs(value)).replace("e+", "e").replace("Infinity", "inf").replace("NaN", "nan");
  const negative = value < 0 || Object.is(value, -0);
  return negative ? { text: `-${size}`, binds: binding.sign } : { text: size, binds: binding.atom };
}
