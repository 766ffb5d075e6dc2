import type { Infix } from "./lexer.ts";
import type { Source } from "./source.ts";

/** The syntax tree of a text, before names are looked up. `at` is an offset in the text. */
export type Ast = { readonly at: number } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "negation"; readonly operand: Ast }
  /** Operators of one rank, left to right: a long sum is one flat node. A power and a comparison have one link. */
  | { readonly kind: "chain"; readonly first: Ast; readonly links: readonly Link[] }
  | Call
  | List
  | { readonly kind: "group"; readonly inner: Ast }
);

export interface Link {
  readonly at: number;
  readonly symbol: Infix;
  readonly operand: Ast;
}

export interface Call {
  readonly kind: "call";
  readonly at: number;
  readonly name: string;
  readonly operands: readonly Ast[];
  readonly settings: readonly NamedArgument[];
}

export interface List {
  readonly kind: "list";
  readonly at: number;
  readonly items: readonly Ast[];
}

export interface NamedArgument {
  readonly at: number;
  readonly name: string;
  readonly value: Ast;
}

/** A statement of a text: `name = value`, or just a value. */
export interface Statement {
  /** The text. */
  readonly source: Source;
  /** The offset in the text. */
  readonly at: number;
  /** The name to which the value is assigned; null for just a value. */
  readonly name: string | null;
  /** The syntax tree of the value. */
  readonly value: Ast;
}

/** A node's children, left to right. */
export function partsOf(ast: Ast): readonly Ast[] {
  switch (ast.kind) {
    case "number":
    case "name":
      return [];
    case "negation":
      return [ast.operand];
    case "chain":
      return [ast.first, ...ast.links.map((link) => link.operand)];
    case "call":
      return [...ast.operands, ...ast.settings.map((setting) => setting.value)];
    case "list":
      return ast.items;
    case "group":
      return [ast.inner];
  }
}
