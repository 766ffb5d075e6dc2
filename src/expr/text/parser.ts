import type { Ast, Link, NamedArgument, Statement } from "./ast.ts";
import { compoundHint, wordHint } from "./foreign.ts";
import { type Infix, type Mark, type Token, tokenize } from "./lexer.ts";
import { LanguageError, placeOf, quote, type Source } from "./source.ts";

/** The largest text that is parsed: characters, nodes of its syntax tree, and depth of nesting. */
export const LIMITS = { characters: 65_536, nodes: 20_000, depth: 200 } as const;

/** The place of a text in its file, for error messages. */
export interface TextOptions {
  /** The number of the text's first line. Default: 1. */
  readonly firstLine?: number;
}

/**
 * Parses statements: `name = expression`, one per line or separated by `;`, and `#` comments. The last may be just an
 * expression. Names are looked up later, so the same statements can be bound to tensors of other shapes.
 * Throws a LanguageError.
 */
export function parseStatements(text: string, { firstLine = 1 }: TextOptions = {}): Statement[] {
  const source = { text, firstLine };
  refuseLong(source);
  return new Parser(source).statements();
}

/** Throws a LanguageError for a text with more characters than `LIMITS` allows, before anything else processes it. */
export function refuseLong({ text, firstLine }: Source): void {
  const { characters } = LIMITS;
  if (text.length <= characters) return;
  const detail = `the text has ${text.length} characters; at most ${characters} are allowed`;
  throw new LanguageError({ text: text.slice(0, characters), firstLine }, characters, detail);
}

const COMPARISONS: readonly Infix[] = ["<", "<=", ">", ">=", "==", "!="];
const ARITHMETIC: readonly Mark[] = ["+", "-", "*", "/", "^"];

/** Recursive descent, one method for each level of precedence, loosest first. */
class Parser {
  readonly #source: Source;
  readonly #tokens: readonly Token[];
  #next = 0;
  #nodes = 0;
  #depth = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#tokens = tokenize(source);
  }

  statements(): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      while (this.#token.kind === "end of line") this.#next++;
      if (this.#token.kind === "end") return statements;
      const last = statements.at(-1);
      if (last?.name === null)
        this.#fail(last.at, "this value is not used: write name = …, or let it be the last statement");
      statements.push(this.#statement());
    }
  }

  #statement(): Statement {
    const token = this.#token;
    const { at } = token;
    const assigns = token.kind === "name" && this.#isMark("=", 1);
    if (assigns) this.#next += 2;
    else if (token.kind === "name") this.#refuseCompound(token.text);
    const value = this.#comparison();
    if (this.#isMark("=")) this.#fail(this.#token.at, "only a name can be assigned to; to compare, write ==");
    if (this.#token.kind !== "end of line" && this.#token.kind !== "end") this.#failMissingOperator();
    return { source: this.#source, at, name: assigns ? token.text : null, value };
  }

  /** `w -= lr*g` */
  #refuseCompound(name: string): void {
    const [operator, equals] = this.#tokens.slice(this.#next + 1, this.#next + 3);
    if (operator?.kind !== "mark" || !ARITHMETIC.includes(operator.mark)) return;
    const end = operator.at + operator.text.length;
    if (equals?.text !== "=" || equals.at !== end) return;
    this.#fail(operator.at, compoundHint(name, operator.mark, this.#source.text.slice(end + 1)));
  }

  #comparison(): Ast {
    const first = this.#sum();
    const links = this.#links(COMPARISONS, () => this.#sum());
    if (links.length > 1) this.#fail(links[1].at, "comparisons don't chain; put one of them in parentheses");
    return this.#chain(first, links);
  }

  #sum(): Ast {
    return this.#chain(
      this.#product(),
      this.#links(["+", "-"], () => this.#product()),
    );
  }

  #product(): Ast {
    return this.#chain(
      this.#unary(),
      this.#links(["*", "/"], () => this.#unary()),
    );
  }

  /** A sign binds more loosely than a power: −x² is −(x²). Every nested construct passes through here, so it counts the depth. */
  #unary(): Ast {
    const { at } = this.#token;
    if (++this.#depth > LIMITS.depth) this.#fail(at, `nested deeper than ${LIMITS.depth} levels`);
    const sign = this.#isMark("-") || this.#isMark("+") ? this.#token.text : undefined;
    if (sign !== undefined) this.#next++;
    const operand: Ast = sign === undefined ? this.#power() : this.#unary();
    this.#depth--;
    if (sign === undefined) return operand;
    return this.#node(sign === "+" ? { kind: "group", at, inner: operand } : { kind: "negation", at, operand });
  }

  /** Right-associative: the exponent may have a sign and its own power. */
  #power(): Ast {
    const base = this.#raised(this.#primary());
    const { at } = this.#token;
    if (!this.#accept("^")) return base;
    return this.#chain(base, [{ at, symbol: "^", operand: this.#unary() }]);
  }

  #raised(base: Ast): Ast {
    const token = this.#token;
    if (token.kind !== "superscript") return base;
    this.#next++;
    const { at, value } = token;
    return this.#chain(base, [{ at, symbol: "^", operand: this.#node({ kind: "number", at, value }) }]);
  }

  #primary(): Ast {
    const token = this.#token;
    const { at } = token;
    this.#next++;
    if (token.kind === "number") return this.#node({ kind: "number", at, value: token.value });
    if (token.kind === "name")
      return this.#isMark("(") ? this.#call(token) : this.#node({ kind: "name", at, name: token.text });
    if (token.kind === "mark" && token.mark === "(") {
      const inner = this.#comparison();
      this.#close(")", token);
      return this.#node({ kind: "group", at, inner });
    }
    if (token.kind === "mark" && token.mark === "[") return this.#list(token);
    return this.#fail(at, `expected a number, a name or "(", found ${describe(token)}`);
  }

  #list(open: Token): Ast {
    const items: Ast[] = [];
    while (!this.#isMark("]")) {
      items.push(this.#sum());
      if (!this.#accept(",")) break;
    }
    this.#close("]", open);
    return this.#node({ kind: "list", at: open.at, items });
  }

  /** Operands, then settings by name: `sum(x, axes=0)`. */
  #call(name: Token): Ast {
    const open = this.#token;
    const operands: Ast[] = [];
    const settings: NamedArgument[] = [];
    this.#next++;
    while (!this.#isMark(")")) {
      const { at, kind, text } = this.#token;
      if (kind === "name" && this.#isMark("=", 1)) {
        this.#next += 2;
        settings.push({ at, name: text, value: this.#comparison() });
      } else if (settings.length > 0) this.#fail(at, `operands come first, then settings by name (name=…)`);
      else operands.push(this.#comparison());
      if (!this.#accept(",")) break;
    }
    this.#close(")", open);
    return this.#node({ kind: "call", at: name.at, name: name.text, operands, settings });
  }

  #links(symbols: readonly Infix[], operand: () => Ast): Link[] {
    const links: Link[] = [];
    for (;;) {
      const { at } = this.#token;
      const symbol = symbols.find((mark) => this.#accept(mark));
      if (symbol === undefined) return links;
      links.push({ at, symbol, operand: operand() });
    }
  }

  #chain(first: Ast, links: readonly Link[]): Ast {
    return links.length === 0 ? first : this.#node({ kind: "chain", at: first.at, first, links });
  }

  #node(ast: Ast): Ast {
    this.#nodes += ast.kind === "chain" ? ast.links.length : 1;
    if (this.#nodes > LIMITS.nodes) this.#fail(ast.at, `more than ${LIMITS.nodes} numbers, names and operators`);
    return ast;
  }

  get #token(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)];
  }

  #isMark(mark: Mark, ahead = 0): boolean {
    const token = this.#tokens[this.#next + ahead];
    return token?.kind === "mark" && token.mark === mark;
  }

  #accept(mark: Mark): boolean {
    const found = this.#isMark(mark);
    if (found) this.#next++;
    return found;
  }

  #close(mark: Mark, open: Token): void {
    if (this.#accept(mark)) return;
    const { line, column } = placeOf(this.#source, open.at);
    const opened = `expected ${quote(mark)} for the ${quote(open.text)} at line ${line}, column ${column}`;
    this.#fail(this.#token.at, `${opened}, found ${describe(this.#token)}`);
  }

  #failMissingOperator(): never {
    const { at, kind, text } = this.#token;
    const operand = kind === "name" || kind === "number" || text === "(";
    const expected = operand ? "an operator" : "an operator or the end of the line";
    const foreign = wordHint(text);
    const hint = foreign !== undefined ? `; ${foreign}` : operand ? `; to multiply, write *${text}` : "";
    return this.#fail(at, `expected ${expected}, found ${describe(this.#token)}${hint}`);
  }

  #fail(at: number, detail: string): never {
    throw new LanguageError(this.#source, at, detail);
  }
}

const describe = (token: Token): string =>
  token.kind === "end"
    ? "the end of the text"
    : token.kind === "end of line"
      ? "the end of the line"
      : quote(token.text);
