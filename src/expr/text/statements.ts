import type { Expr } from "../node.ts";
import { type Ast, partsOf, type Statement } from "./ast.ts";
import { bind, type Scope } from "./binder.ts";
import { parseStatements, type TextOptions } from "./parser.ts";
import { LanguageError, type Source } from "./source.ts";
import { constantNames, numberNames } from "./vocabulary.ts";

/**
 * The expression of a text, with its names looked up in `names`. Assignments may come before it, as in
 * `r = x^2 + y^2; sqrt(r)`. Throws a LanguageError.
 */
export function parseExpression(text: string, names: Names, options: TextOptions = {}): Expr {
  const statements = parseStatements(text, options);
  if (statements.length > 0) return resultOf(statements, names);
  throw new LanguageError({ text, firstLine: options.firstLine ?? 1 }, 0, "expected an expression; the text is empty");
}

/** The expressions that names in a text stand for. */
export type Names = Scope | Readonly<Record<string, Expr>>;

/**
 * The value of the last statement, which must be just an expression, after the assignments before it. Throws a
 * RangeError if there are no statements, and a LanguageError for a mistake.
 */
export function resultOf(statements: readonly Statement[], names: Names): Expr {
  const last = statements.at(-1);
  if (last === undefined) throw new RangeError("expected an expression; there are no statements");
  const { source, at, name, value } = last;
  if (name !== null) throw new LanguageError(source, at, `expected an expression after ${name} = …`);
  return bind(value, assign(statements.slice(0, -1), names), source);
}

/**
 * Binds assignments in order, each seeing those before it, and returns the final value of every name. Throws a
 * LanguageError for a mistake.
 */
export function assign(statements: readonly Statement[], names: Names): Map<string, Expr> {
  const scope = new Map(scopeOf(names));
  for (const { source, at, name, value } of statements) {
    if (name === null) throw new LanguageError(source, at, "expected an assignment: name = expression");
    if (numberNames.has(name)) throw new LanguageError(source, at, `${name} is a number; it can't be assigned to`);
    scope.set(name, bind(value, scope, source));
  }
  return scope;
}

export const scopeOf = (names: Names): Scope => (isScope(names) ? names : new Map(Object.entries(names)));
const isScope = (names: Names): names is Scope => names instanceof Map;

/** The names that statements use before they assign them, in order; without named numbers such as `pi`. */
export const freeNames = (statements: readonly Statement[]): string[] => [
  ...new Set(freeUses(statements).map(({ name }) => name)),
];

/** A use of a name that has not been assigned before. */
export interface FreeUse {
  /** The name. */
  readonly name: string;
  /** The text. */
  readonly source: Source;
  /** The offset in the text. */
  readonly at: number;
}

/** All uses of unassigned names, in order. */
export function freeUses(statements: readonly Statement[]): FreeUse[] {
  const assigned = new Set([...numberNames.keys(), ...constantNames.keys()]);
  const free: FreeUse[] = [];
  for (const { source, name, value } of statements) {
    for (const use of namesIn(value)) if (!assigned.has(use.name)) free.push({ ...use, source });
    if (name !== null) assigned.add(name);
  }
  return free;
}

function* namesIn(ast: Ast): Generator<{ readonly name: string; readonly at: number }> {
  if (ast.kind === "name") yield { name: ast.name, at: ast.at };
  for (const part of partsOf(ast)) yield* namesIn(part);
}
