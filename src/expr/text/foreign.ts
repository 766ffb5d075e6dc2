import { cut, quote } from "../../arguments/index.ts";

/** Hints for errors: other languages' notation, and how to write it here. */

const CONDITION = "for a choice, write where(condition, a, b)";
const AND = "for both of two conditions, multiply them: (a > 0)*(b > 0)";
const OR = "for one of two conditions, write max(a > 0, b > 0)";
const NOT = "for the opposite of a condition, write 1 - (a > 0)";

/** Marks, longer ones first. */
const MARKS: readonly (readonly [mark: string, hint: string])[] = [
  ["&&", AND],
  ["&", AND],
  ["||", OR],
  ["|", "for the absolute value, write abs(x)"],
  ["‖", "for the length of a vector, write norm(x)"],
  ["?", CONDITION],
  ["!", NOT],
  ["~", NOT],
  ["√", "for the square root, write sqrt(x)"],
  ["%", "for the remainder, write mod(a, b)"],
  ["@", "for the product of matrices, write matmul(a, b)"],
];

const WORDS: ReadonlyMap<string, string> = new Map([
  ["if", CONDITION],
  ["else", CONDITION],
  ["and", AND],
  ["or", OR],
  ["not", NOT],
]);

const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["sgn", "sign(x)"],
  ["signum", "sign(x)"],
  ["fabs", "abs(x)"],
  ["absolute", "abs(x)"],
  ["square", "x^2"],
  ["power", "a^b"],
  ["maximum", "max(a, b)"],
  ["minimum", "min(a, b)"],
  ["arcsin", "asin(x)"],
  ["arccos", "acos(x)"],
  ["arctan", "atan(x)"],
]);

/** A member's name, as in `np.sign`, and whether it is called. */
const MEMBER = /\.([\p{L}_][\p{L}\p{N}_.]*)(\s*\()?/uy;

/** A hint for a character without a meaning, such as `; for the absolute value, write abs(x)`, or nothing. */
export function markHint(text: string, at: number): string {
  const [, hint] = MARKS.find(([mark]) => text.startsWith(mark, at)) ?? [];
  if (hint !== undefined) return `; ${hint}`;
  MEMBER.lastIndex = at;
  const [whole, path, called] = MEMBER.exec(text) ?? [];
  if (whole === undefined || path === undefined) return "";
  const name = path.split(".").at(-1) ?? path;
  return `; functions and constants have no prefix: write ${cut(/^(PI|E)$/.test(name) ? name.toLowerCase() : name)}${called === undefined ? "" : "(…)"}`;
}

/** A hint for a word where an operator should be. */
export const wordHint = (word: string): string | undefined => WORDS.get(word);

/** A hint for a function that does not exist. */
export function functionHint(name: string): string | undefined {
  const ours = FUNCTIONS.get(name);
  return ours === undefined ? undefined : `; write ${ours}`;
}

/** `w -= lr*g` as an assignment: `"-=" is not known; write w = w - lr*g`. */
export function compoundHint(name: string, symbol: string, rest: string): string {
  const [value] = rest.split(/[;#\r\n]/, 1);
  const operand = value.trim() || "…";
  const isOne = /^[\p{L}\p{N}_.…]+$/u.test(operand);
  const isLoose = symbol === "+" ? false : symbol === "-" || symbol === "*" ? /[-+<>=−]/.test(operand) : !isOne;
  const right = isLoose ? `(${operand})` : operand;
  return `${quote(`${symbol}=`)} is not known; write ${cut(`${name} = ${name} ${symbol} ${right}`)}`;
}
