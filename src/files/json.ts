import { quote } from "../arguments/index.ts";

/** A text that is not JSON, or nested too deeply. The message is one line, with the place. */
export class JsonError extends SyntaxError {
  override readonly name = "JsonError";
  /** Counted from 1, like the column. */
  readonly line: number;
  readonly column: number;
  /** The problem, without the place. */
  readonly detail: string;

  constructor(text: string, at: number, detail: string) {
    const before = text.slice(0, at).split("\n");
    const [line, column] = [before.length, [...before[before.length - 1]].length + 1];
    super(`line ${line}, column ${column}: ${detail}`);
    this.line = line;
    this.column = column;
    this.detail = detail;
  }
}

/** Our files are nested a few levels deep; deeper nesting could overflow the stack of code that walks through the value. */
const MOST_LEVELS = 100;

/** JSON.parse for texts from outside. Throws a JsonError, with the same message on every version of Node. */
export function parseJson(text: string): unknown {
  refuseDeep(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    new Reader(text).read();
    throw error;
  }
}

function refuseDeep(text: string): void {
  let levels = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === "[" || character === "{") levels++;
    else if (character === "]" || character === "}") levels--;
    if (levels > MOST_LEVELS) throw new JsonError(text, at, `it is nested deeper than ${MOST_LEVELS} levels`);
  }
}

/** The index of a string's closing quote, or the text's length if there is none. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return Math.min(at, text.length);
}

const NUMBER_OR_WORD = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** Finds the first error in a text that is not JSON (RFC 8259). */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    this.#value();
    if (this.#next() !== "") this.#fail("the end");
  }

  #value(): void {
    const next = this.#next();
    if (next === "{") this.#list("}", () => this.#member());
    else if (next === "[") this.#list("]", () => this.#value());
    else if (next === '"') this.#string();
    else this.#numberOrWord();
  }

  /** Items between brackets, separated by commas. */
  #list(close: "}" | "]", item: () => void): void {
    this.#at++;
    if (this.#next() !== close)
      for (item(); this.#next() !== close; item()) {
        if (this.#next() !== ",") this.#fail(`a comma or ${close}`);
        this.#at++;
      }
    this.#at++;
  }

  #member(): void {
    if (this.#next() !== '"') this.#fail("a name in double quotes");
    this.#string();
    if (this.#next() !== ":") this.#fail("a colon");
    this.#at++;
    this.#value();
  }

  #string(): void {
    const end = endOfString(this.#text, this.#at);
    for (this.#at++; this.#at < end; this.#at++) {
      const character = this.#text[this.#at];
      if (character < " ") this.#fail("the closing quote");
      if (character !== "\\") continue;
      ESCAPE.lastIndex = this.#at;
      if (!ESCAPE.test(this.#text)) this.#fail('a second backslash, or "nrtbfu/ after the first,');
      this.#at++;
    }
    if (end === this.#text.length) this.#fail("the closing quote");
    this.#at = end + 1;
  }

  #numberOrWord(): void {
    NUMBER_OR_WORD.lastIndex = this.#at;
    const found = NUMBER_OR_WORD.exec(this.#text);
    if (found === null) this.#fail("a value");
    else this.#at += found[0].length;
  }

  /** The next character that is not white space; empty at the end. */
  #next(): string {
    while (" \t\n\r".includes(this.#text[this.#at] ?? ".")) this.#at++;
    return this.#text[this.#at] ?? "";
  }

  #fail(expected: string): never {
    const rest = this.#text.slice(this.#at, this.#at + 20).trim();
    const found = rest === "" ? "the text ends" : `found ${quote(rest)}`;
    throw new JsonError(this.#text, this.#at, `${expected} is expected; ${found}`);
  }
}
