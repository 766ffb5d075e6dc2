import { nearestName, someOf } from "../../arguments/index.ts";
import type { Nested } from "../array.ts";
import { constant, type Expr, lift, numberOf, type Operand } from "../node.ts";
import { neg } from "../operators/index.ts";
import type { Ast, Call, Link, List } from "./ast.ts";
import { Setting, Settings } from "./call-settings.ts";
import { functionHint } from "./foreign.ts";
import { LanguageError, quote, type Source } from "./source.ts";
import { constantNames, functions, numberNames, symbols } from "./vocabulary.ts";
import type { Word } from "./word.ts";

/** The expressions that names stand for. */
export type Scope = ReadonlyMap<string, Expr>;

/** The expression of a syntax tree, with its names looked up in a scope. Throws a LanguageError. */
export const bind = (ast: Ast, scope: Scope, source: Source): Expr => lift(new Binder(scope, source).value(ast));

/**
 * Binds one text. A number stays a plain number until it is combined with a tensor, whose type it then takes. The recursion
 * is as deep as the text's nesting, which the parser limits.
 */
class Binder {
  readonly #scope: Scope;
  readonly #source: Source;

  constructor(scope: Scope, source: Source) {
    this.#scope = scope;
    this.#source = source;
  }

  value(ast: Ast): Operand {
    switch (ast.kind) {
      case "number":
        return ast.value;
      case "name":
        return this.#meaning(ast.name, ast.at);
      case "group":
        return this.value(ast.inner);
      case "negation":
        return this.#negated(ast.operand);
      case "chain":
        return ast.links.reduce((left, link) => this.#linked(left, link), this.value(ast.first));
      case "list":
        return this.#attempt(ast.at, () => constant(this.#nested(ast)));
      case "call":
        return this.#called(ast);
    }
  }

  /** The value of a setting or an item of a list. */
  number(ast: Ast): number {
    return numberOf(this.value(ast)) ?? this.fail(ast.at, "expected a number here, not an expression");
  }

  fail(at: number, detail: string): never {
    throw new LanguageError(this.#source, at, detail);
  }

  #meaning(name: string, at: number): Operand {
    const known = numberNames.get(name) ?? this.#scope.get(name) ?? constantNames.get(name);
    if (known !== undefined) return known;
    if (functions.has(name)) return this.fail(at, `${name} is a function; write ${name}(…)`);
    const names = [...this.#scope.keys(), ...constantNames.keys()];
    return this.fail(at, `unknown name ${quote(name)}${didYouMean(name, names)}`);
  }

  /** -2 is a number; -(2) is a negation. */
  #negated(operand: Ast): Operand {
    const value = this.value(operand);
    return typeof value === "number" && operand.kind !== "group" ? -value : neg(value);
  }

  #linked(left: Operand, { at, symbol, operand }: Link): Operand {
    const right = this.value(operand);
    return this.#attempt(at, () => symbols[symbol].build([left, right], Settings.none));
  }

  #nested({ items }: List): Nested {
    return items.map((item) => (item.kind === "list" ? this.#nested(item) : this.number(item)));
  }

  #called(call: Call): Operand {
    const word = functions.get(call.name) ?? this.#failUnknownFunction(call);
    if (word.operands !== "any number" && word.operands.length !== call.operands.length) this.#failCount(call, word);
    const settings = new Settings(this.#settings(call, word), (name) =>
      this.fail(call.at, `${call.name} needs ${name}=…`),
    );
    const values = call.operands.map((operand) => this.value(operand));
    return this.#attempt(call.at, () => word.build(values, settings));
  }

  #settings(call: Call, word: Word): Map<string, Setting> {
    const settings = new Map<string, Setting>();
    const known = Object.keys(word.settings);
    for (const { at, name, value } of call.settings) {
      if (known.length === 0) this.fail(at, `${call.name} has no settings`);
      if (!known.includes(name))
        this.fail(
          at,
          `${call.name} has no setting ${quote(name)}${didYouMean(name, known) || `; it has ${someOf(known)}`}`,
        );
      if (settings.has(name)) this.fail(at, `${name} is given twice`);
      settings.set(name, new Setting(value, this));
    }
    return settings;
  }

  /** Errors about shapes are reported with their place, too. */
  #attempt(at: number, build: () => Expr): Expr {
    try {
      return build();
    } catch (error) {
      if (error instanceof RangeError) throw new LanguageError(this.#source, at, error.message, { cause: error });
      throw error;
    }
  }

  #failUnknownFunction({ at, name }: Call): never {
    if (this.#scope.has(name) || constantNames.has(name))
      return this.fail(at, `${name} is not a function; to multiply, write ${name}*(…)`);
    return this.fail(at, `unknown function ${quote(name)}${functionHint(name) ?? didYouMean(name, functions.keys())}`);
  }

  #failCount({ at, name, operands }: Call, word: Word): never {
    const wanted = word.operands.length === 1 ? "1 operand" : `${word.operands.length} operands`;
    const settings = Object.keys(word.settings).map((setting) => `, ${setting}=…`);
    return this.fail(
      at,
      `${name} takes ${wanted}, ${operands.length} given: ${name}(${[...word.operands].join(", ")}${settings.join("")})`,
    );
  }
}

/** `; did you mean beta1?`, or nothing. */
function didYouMean(given: string, allowed: Iterable<string>): string {
  const near = nearestName(given, allowed);
  return near === undefined ? "" : `; did you mean ${near}?`;
}
