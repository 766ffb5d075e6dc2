import { checkOptions, isOptions, whole as wholeNumber } from "../arguments/index.ts";
import { oneOf, positive, rising, show, words } from "./check.ts";

/**
 * The door of every builder: a description of its options, which one function checks. So each error names the builder and the
 * option, what was given and what is allowed.
 */

/** What one option may be: throws for any other value. `what` is the option's name, after its builder's. */
export type Form = (what: string, value: unknown) => void;

/** A form for each option of a builder; an option without one does not compile. */
export type Forms<Options> = Readonly<Record<KeyOf<Options>, Form>>;
type KeyOf<T> = T extends unknown ? keyof T : never;

/**
 * Throws a TypeError unless the options are an object, a RangeError for an unknown option, and either for a wrong value.
 * `call`: how to call it, if the options are not its only argument.
 */
export function checkBuilder(
  name: string,
  options: unknown,
  forms: Readonly<Record<string, Form>>,
  call?: string,
): void {
  checkOptions(name, options, Object.keys(forms), call);
  for (const [option, form] of Object.entries(forms)) form(`${name}: ${option}`, Reflect.get(Object(options), option));
}

/** Allows some values; "give …" names them. */
const form =
  (allows: (value: unknown) => boolean, allowed: string): Form =>
  (what, value) => {
    if (!allows(value)) throw new TypeError(`${what} is ${show(value)}; give ${allowed}`);
  };

/** An option that may be left out. */
export const optional =
  (form: Form): Form =>
  (what, value) => {
    if (value !== undefined) form(what, value);
  };

/** Undefined counts as a hole, too. */
const isCoordinate = (value: unknown): boolean =>
  typeof value === "number" || typeof value === "string" || value === null || value === undefined;

const isNumbers = (value: unknown): boolean =>
  ArrayBuffer.isView(value) && "length" in value && !("getBigInt64" in value) && typeof Object(value)[0] !== "bigint";

const isColumn = (value: unknown): boolean => isNumbers(value) || (Array.isArray(value) && value.every(isCoordinate));

const isListOf =
  (holds: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(holds);

const isBlock = (value: unknown): boolean => isOptions(value) && "kind" in value;

const isText = (value: unknown): boolean => typeof value === "string";

/** The forms that several builders share. */
export const forms = {
  text: form(isText, "a text"),
  words: (what, value) => void words(what, value),
  texts: form(isListOf(isText), "a list of texts"),
  blocks: form(isListOf(isBlock), 'a list of blocks, such as prose("…") and chart(figure)'),
  flag: form((value) => typeof value === "boolean", "true or false"),
  function: form((value) => typeof value === "function", "a function"),
  coordinate: form((value) => value !== undefined && isCoordinate(value), "a number, or a name on a band axis"),
  column: form(isColumn, "a list of numbers, or of names on a band axis"),
  flat: form((value) => isNumbers(value) || isListOf((each) => typeof each === "number")(value), "a list of numbers"),
  point: form((value) => isColumn(value) && Object(value).length === 2, "a point: [x, y]"),
  /** The points themselves are checked as they are taken: a generator yields them once. */
  points: form(
    (value) => typeof value === "object" && value !== null && Symbol.iterator in value,
    "points: [[x, y], …]",
  ),
  shift: form((value) => isListOf(Number.isFinite)(value) && Object(value).length === 2, "two finite numbers"),
  rising: (what, value) => void rising(what, value),
  /** The two ends of an interval. */
  ends: (what, value) => {
    if (rising(what, value).length !== 2) throw new RangeError(`${what} is ${show(value)}; give its two ends`);
  },
} as const satisfies Readonly<Record<string, Form>>;

/** One of some words. */
export const choice =
  (allowed: readonly string[]): Form =>
  (what, value) =>
    void oneOf(what, value, allowed);

/** A number above 0, within limits. */
export const size =
  (least: number, most: number): Form =>
  (what, value) => {
    const given = positive(what, value);
    if (given < least || given > most)
      throw new RangeError(`${what} is ${show(value)}; give a number from ${least} to ${most.toLocaleString("en-US")}`);
  };

/** A whole number, within limits if they are given. */
export function whole(least: number, most?: number): Form {
  const { allows, words } = wholeNumber(least, most);
  return form((value) => typeof value === "number" && allows(value), words);
}

/** A list of what a builder makes. */
export const listOf =
  (each: Form, allowed: string): Form =>
  (what, value) => {
    if (!Array.isArray(value)) throw new TypeError(`${what} is ${show(value)}; give ${allowed}`);
    for (const [i, one] of value.entries()) each(`${what}[${i}]`, one);
  };

/** What a builder makes, known by its fields. */
export const madeBy = (builder: string, ...fields: readonly string[]): Form =>
  form((value) => isOptions(value) && fields.every((field) => Object.hasOwn(value, field)), `what ${builder}() makes`);

/** Sizes of a drawing in pixels. Beyond, ticks and labels are more than fit into memory. */
export const pixels = size(1, 100_000);

/** Throws a TypeError for what is no figure. */
export const checkFigure = (renderer: string, value: unknown): void =>
  madeBy("figure", "title", "description", "width", "height", "panels")(`${renderer}: the figure`, value);
