import { withShortWords } from "../../arguments/index.ts";

export { quote } from "../../arguments/index.ts";

/** A text in the language, and the line of its file on which it begins. */
export interface Source {
  readonly text: string;
  readonly firstLine: number;
}

/** A place in a text. */
export interface Place {
  /** The line, from 1. */
  readonly line: number;
  /** The character in the line, from 1. */
  readonly column: number;
}

/** A mistake in a text: the message gives the place, shows the line with a caret below it, and says what to do. */
export class LanguageError extends SyntaxError implements Place {
  override readonly name = "LanguageError";
  /** The line of the mistake, from 1. */
  readonly line: number;
  /** The character in the line, from 1. */
  readonly column: number;
  /** The message without the place. */
  readonly detail: string;
  readonly #source: Source;
  readonly #at: number;

  constructor(source: Source, at: number, words: string, options?: ErrorOptions) {
    const { line, column } = placeOf(source, at);
    const detail = withShortWords(words);
    super(`line ${line}, column ${column}: ${detail}\n${excerpt(source.text, at)}`, options);
    this.#source = source;
    this.#at = at;
    this.line = line;
    this.column = column;
    this.detail = detail;
  }

  /** An error at the same place with another message. */
  saying(words: string): LanguageError {
    return new LanguageError(this.#source, this.#at, words, { cause: this });
  }
}

const NEWLINE = /\r\n|\n|\r/;

/** The line and column of an offset in the text. A column is a character, not a code unit. */
export function placeOf({ text, firstLine }: Source, at: number): Place {
  const lines = text.slice(0, at).split(NEWLINE);
  return { line: firstLine + lines.length - 1, column: [...lines[lines.length - 1]].length + 1 };
}

/** The most characters to show on each side of the place. */
const MARGIN = 60;

function excerpt(text: string, at: number): string {
  const before = lastOf(text.slice(0, at).split(NEWLINE));
  const left = before.length > MARGIN ? `…${before.slice(-MARGIN)}` : before;
  const right = text.slice(at).split(NEWLINE, 1)[0].slice(0, MARGIN);
  return `    ${printable(left + right)}\n    ${left.replace(/[^\t]/gu, " ")}^`;
}

const lastOf = (lines: readonly string[]): string => lines[lines.length - 1];

/** Replaces control characters, which could garble a terminal. */
const printable = (line: string): string => line.replace(/[^\P{Cc}\t]/gu, "\uFFFD");
