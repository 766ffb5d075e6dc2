import {
  type Application,
  type Constant,
  type Expr,
  type Input,
  numberOf,
  program,
  type Shape,
} from "../../../expr/index.ts";
import type * as operators from "../../../expr/operators/index.ts";
import type { Masks } from "./stages.ts";

/** A piece of code, and how tightly its outermost operator binds. */
export interface Code {
  readonly text: string;
  readonly binds: number;
  /** Set where it is not a tensor of numbers. */
  readonly is?: "number" | "condition";
}

/** Precedences, loosest first, as Python's and JavaScript's have them. */
export const binding = { comparison: 1, sum: 2, product: 3, sign: 4, power: 5, atom: 6 } as const;

export const atom = (text: string): Code => ({ text, binds: binding.atom });

/** The text, in parentheses if it binds less tightly than required. */
export const inside = ({ text, binds }: Code, required: number): string => (binds < required ? `(${text})` : text);

export const call = (name: string, given: readonly string[]): Code => atom(`${name}(${given.join(", ")})`);

/** The names of operators that expressions consist of: the others are composed of these. */
export type OperatorName = Exclude<keyof typeof operators, "dot" | "oneHot" | "sumTo" | "averagePool">;

/** How an operator is written. */
export type Word<C extends Context = Context> = (inputs: readonly Code[], node: Application, context: C) => Code;

/** What is known where an expression is written. */
export interface Context {
  /** The lengths of a shape: one that belongs to the batch is written with n, the number of examples. */
  readonly lengths: (shape: Shape) => readonly string[];
  readonly masks: Masks;
  /** Whether numbers may depend on the number of examples, as they may in training. */
  readonly countsExamples?: boolean;
  /** A new name for a value that is used more than once, or takes a line of its own. */
  readonly newName: () => string;
}

/** A programming language, as far as expressions go. */
export interface Language<C extends Context> {
  /** Its name, for messages. */
  readonly name: string;
  /** All operators; a missing one does not compile. */
  readonly words: Readonly<Record<OperatorName, Word<C>>>;
  readonly input: (node: Input, context: C) => Code;
  readonly constant: (node: Constant, context: C) => Code;
  /** The code as a tensor of the node's type, where it is a number or a condition. */
  readonly tensor: (code: Code, node: Expr, context: C) => Code;
  /** A line that gives a value a name. */
  readonly assign: (name: string, value: string) => string;
}

/** Longer code gets a line of its own. */
const LONGEST = 90;

/**
 * Expressions as lines of code, and the code of their results. What is used more than once gets a name.
 *
 * @throws RangeError for an operator that the language has no word for
 */
export function statements<C extends Context>(
  results: readonly Expr[],
  language: Language<C>,
  context: C,
): { readonly lines: readonly string[]; readonly results: readonly Code[] } {
  const { nodes, outputs } = program(results);
  const uses = new Map<Expr, number>();
  for (const node of nodes) if (node.kind === "apply") for (const x of node.inputs) uses.set(x, (uses.get(x) ?? 0) + 1);
  const lines: string[] = [];
  const written = new Map<Expr, Code>();
  const known = (node: Expr): Code => written.get(node) ?? write(node, known, language, context);
  for (const node of nodes) {
    const code = write(node, known, language, context);
    // A mask is drawn where it is written.
    const isMade = node.kind === "apply" || (node.kind === "input" && context.masks.has(node.name));
    const isShared = isMade && (uses.get(node) ?? 0) > 1;
    const isLong = node.kind !== "input" && code.text.length > LONGEST;
    if ((isShared || isLong) && !outputs.includes(node)) {
      const name = context.newName();
      lines.push(language.assign(name, code.text));
      written.set(node, { ...atom(name), ...(code.is !== undefined && { is: code.is }) });
    } else written.set(node, code);
  }
  return { lines, results: outputs.map((node) => language.tensor(known(node), node, context)) };
}

function write<C extends Context>(
  node: Expr,
  known: (node: Expr) => Code,
  { words, input, constant, name: language }: Language<C>,
  context: C,
): Code {
  if (node.kind === "input") return input(node, context);
  if (node.kind === "constant") return exampleCount(node, context) ?? constant(node, context);
  const { name } = node.operator;
  if (!isWord(name, words)) throw new RangeError(`the operator ${name} has no counterpart in ${language}`);
  return words[name](node.inputs.map(known), node, context);
}

/** A number that is so many times the number of examples, such as the values of a channel, or that less 1. */
function exampleCount(node: Constant, { lengths, countsExamples = false }: Context): Code | undefined {
  const value = numberOf(node);
  if (!countsExamples || value === undefined || !Number.isSafeInteger(value) || value <= 0) return undefined;
  const [text, more] = lengths([value, value + 1]);
  if (text !== String(value)) return { text, binds: binding.product, is: "number" };
  return more === String(value + 1) ? undefined : { text: `${more} - 1`, binds: binding.sum, is: "number" };
}

const isWord = <T extends object>(name: PropertyKey, words: T): name is keyof T => Object.hasOwn(words, name);
