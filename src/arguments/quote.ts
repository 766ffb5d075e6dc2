/** Given values in messages, shortened to what a reader wants to see. */

/** The most characters of a text, values of a list, and names to choose from in a message. */
export const MOST = { characters: 50, values: 5, names: 20 } as const;

/** The most levels of nested lists to show. */
const DEPTH = 3;

/** A text in quotes, cut after 50 characters, with unprintable characters escaped. */
export const quote = (text: string): string => JSON.stringify(cut(text)).replace(UNPRINTABLE, escaped);

/** A text without quotes, cut after 50 characters. */
export function cut(text: string, most: number = MOST.characters): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most);
  return `${endsInHalf(kept) ? kept.slice(0, -1) : kept}…`;
}

/** A message with each word cut, since names in it may come from outside. */
export const withShortWords = (message: string, most: number = MOST.characters): string =>
  message
    .split(" ")
    .map((word) => cut(word, most))
    .join(" ");

/** The first five values in brackets, with the total if there are more: `[1, 2, 3, 4, 5, … 4810 in all]`. */
export function quoteList(values: ArrayLike<unknown>): string {
  const shown = Array.from({ length: Math.min(values.length, MOST.values) }, (_, i) => cut(valueText(values[i], 0)));
  return `[${shown.join(", ")}${values.length > MOST.values ? `, … ${values.length} in all` : ""}]`;
}

/** Any value: texts in quotes, lists and objects as JSON, all cut after 50 characters. */
export const quoteValue = (value: unknown): string =>
  typeof value === "string" ? quote(value) : cut(valueText(value, 0));

/** The first twenty names to choose from. */
export function someOf(names: readonly string[]): string {
  const shown = names
    .slice(0, MOST.names)
    .map((name) => cut(name))
    .join(", ");
  return names.length > MOST.names ? `${shown}, … ${names.length} in all` : shown;
}

/** Like JSON, but only as far as it is shown: a value may be too deep for recursion and too large for a string. */
function valueText(value: unknown, depth: number): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Float64Array || value instanceof Float32Array) return quoteList(value);
  if (depth === DEPTH) return Array.isArray(value) ? "[…]" : "{…}";
  const [open, parts, close] = Array.isArray(value)
    ? (["[", listed(value, depth), "]"] as const)
    : (["{", fields(value, depth), "}"] as const);
  return `${open}${parts.join(",")}${close}`;
}

const listed = (values: readonly unknown[], depth: number): string[] => [
  ...values.slice(0, MOST.values).map((each) => valueText(each, depth + 1)),
  ...(values.length > MOST.values ? ["…"] : []),
];

function fields(value: object, depth: number): string[] {
  const shown: string[] = [];
  for (const [name, each] of Object.entries(value)) {
    if (shown.length === MOST.values) return [...shown, "…"];
    shown.push(`${quote(name)}:${valueText(each, depth + 1)}`);
  }
  return shown;
}

const endsInHalf = (text: string): boolean => /[\uD800-\uDBFF]$/.test(text);

const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
