import { NAME } from "../node.ts";
import { markHint } from "./foreign.ts";
import { LanguageError, quote, type Source } from "./source.ts";

export type Infix = "+" | "-" | "*" | "/" | "^" | "<" | "<=" | ">" | ">=" | "==" | "!=";
export type Mark = Infix | "=" | "(" | ")" | "[" | "]" | ",";

/** A token, and its offset in the text. A line ends in a newline or `;`, except for newlines inside brackets. */
export type Token = { readonly at: number; readonly text: string } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name" }
  /** A whole-number power, written as in `x²`. */
  | { readonly kind: "superscript"; readonly value: number }
  | { readonly kind: "mark"; readonly mark: Mark }
  | { readonly kind: "end of line" | "end" }
);

/** The marks, and alternative spellings. */
const MARKS: ReadonlyMap<string, Mark> = new Map<string, Mark>([
  ...(["+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "=", "(", ")", "[", "]", ","] as const).map(
    (mark): [string, Mark] => [mark, mark],
  ),
  ["**", "^"],
  ["−", "-"],
  ["–", "-"],
  ["·", "*"],
  ["⋅", "*"],
  ["×", "*"],
  ["÷", "/"],
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!="],
  [":=", "="],
  ["←", "="],
]);

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Matches one token. */
export const TOKEN = new RegExp(
  [
    String.raw`(?<skipped>[^\S\r\n]+|#[^\r\n]*)`,
    String.raw`(?<newline>\r\n|\n|\r|;)`,
    String.raw`(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`,
    `(?<name>${NAME})`,
    `(?<superscript>⁻?[${SUPERSCRIPTS}]+)`,
    String.raw`(?<mark>\*\*|[<>=!:]=|[-+*/^<>=()[\],−–·⋅×÷≤≥≠←])`,
  ].join("|"),
  "uy",
);

/** Splits a text into tokens. Throws a LanguageError at a character that has no meaning. */
export function tokenize(source: Source): Token[] {
  const { text } = source;
  const tokens: Token[] = [];
  let brackets = 0;
  for (let at = 0; at < text.length; ) {
    const token = readToken(source, at);
    at += token.text.length;
    if (token.kind === "skipped") continue;
    if (token.kind === "mark") brackets = Math.max(0, brackets + nesting(token.mark));
    if (token.kind !== "end of line" || token.text === ";" || brackets === 0) tokens.push(token);
  }
  tokens.push({ kind: "end", at: text.length, text: "" });
  return tokens;
}

const nesting = (mark: Mark): number => (mark === "(" || mark === "[" ? 1 : mark === ")" || mark === "]" ? -1 : 0);

function readToken(source: Source, at: number): Token | { readonly kind: "skipped"; readonly text: string } {
  TOKEN.lastIndex = at;
  const groups = TOKEN.exec(source.text)?.groups;
  if (groups === undefined)
    throw new LanguageError(
      source,
      at,
      `unexpected character ${nameCharacter(source.text, at)}${markHint(source.text, at)}`,
    );
  const { skipped, newline, number, name, superscript, mark } = groups;
  if (skipped !== undefined) return { kind: "skipped", text: skipped };
  if (newline !== undefined) return { kind: "end of line", at, text: newline };
  if (number !== undefined) return { kind: "number", at, text: number, value: readNumber(source, at, number) };
  if (name !== undefined) return { kind: "name", at, text: name };
  if (superscript !== undefined)
    return { kind: "superscript", at, text: superscript, value: readSuperscript(superscript) };
  const meant = MARKS.get(mark);
  if (meant === undefined) throw new LanguageError(source, at, `unexpected ${quote(mark)}`);
  return { kind: "mark", at, text: mark, mark: meant };
}

/** Throws for a number outside float64's range, which would silently become infinity or 0. */
function readNumber(source: Source, at: number, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new LanguageError(source, at, `the number ${quote(text)} is too large`);
  if (value === 0 && /^[^eE]*[1-9]/.test(text))
    throw new LanguageError(source, at, `the number ${quote(text)} is too small: it would be 0`);
  return value;
}

const readSuperscript = (text: string): number =>
  Number([...text].map((digit) => (digit === "⁻" ? "-" : SUPERSCRIPTS.indexOf(digit))).join(""));

function nameCharacter(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  return `${quote(String.fromCodePoint(code))} (U+${code.toString(16).toUpperCase().padStart(4, "0")})`;
}
