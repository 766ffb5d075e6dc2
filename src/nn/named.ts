import { isOptions, quoteValue, unknownName } from "../arguments/index.ts";
import { unknownPart } from "./unknown-part.ts";

/** A function's numeric settings, by name. */
export type Numbers = Readonly<Record<string, number>>;

/** Functions that differ only in their settings, such as the slope of a leaky ReLU. */
export interface Family<F> {
  readonly defaults: Numbers;
  readonly make: (changes: Numbers) => F;
  /** Whether the family made this, and it is no copy that may have been changed. */
  readonly made: (given: object) => boolean;
}

/** A function that may belong to a family. */
export interface Member<F> {
  readonly family?: Family<F>;
  /** All of its settings. */
  readonly settings?: Numbers;
}

/** A function in JSON: `"tanh"`, or `{ "name": "leaky-relu", "slope": 0.2 }`. */
export type Written = string | { readonly name: string; readonly [setting: string]: number | string };

/** A family with the defaults of its settings; each function that it makes refers back to it. */
export function family<S extends Numbers, F extends Member<F> & object>(
  defaults: S,
  make: (settings: S) => F,
): Family<F> {
  const members = new WeakSet<object>();
  const own: Family<F> = {
    defaults,
    make: (changes) => {
      const settings = { ...defaults, ...changes };
      const member = Object.assign(make(settings), { family: own, settings });
      members.add(member);
      return member;
    },
    made: (given) => members.has(given),
  };
  return own;
}

/**
 * The function that a text or an object names. Throws a RangeError for an unknown name, with the nearest, and for an unknown
 * setting, and a TypeError for a name that is not a text.
 */
export function readNamed<F extends Member<F>>(
  what: string,
  given: unknown,
  table: Readonly<Record<string, F>>,
): F | undefined {
  if (typeof given === "string") return entryOf(what, given, table);
  if (!isOptions(given) || !("name" in given)) return undefined;
  const { name, ...changes } = given;
  if (typeof name !== "string") throw new TypeError(`${what}: name is ${quoteValue(name)}; give one such as "relu"`);
  const found = entryOf(what, name, table);
  const settings = Object.entries(changes);
  if (settings.length === 0) return found;
  const allowed = Object.keys(found.family?.defaults ?? {});
  const numbers = settings.map(([setting, value]) => [setting, numberOf(`${what} ${name}`, setting, value, allowed)]);
  return found.family?.make(Object.fromEntries(numbers)) ?? found;
}

function entryOf<F>(what: string, name: string, table: Readonly<Record<string, F>>): F {
  if (!Object.hasOwn(table, name)) throw unknownPart(what, name, table);
  return table[name];
}

function numberOf(what: string, setting: string, value: unknown, allowed: readonly string[]): number {
  if (allowed.length === 0) throw new RangeError(`${what} has no settings; ${quoteValue(setting)} is given`);
  if (!allowed.includes(setting)) throw new RangeError(unknownName(`${what}: setting`, setting, allowed));
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new TypeError(`${what}: ${setting} is ${quoteValue(value)}; it must be a finite number`);
  return value;
}

/** A function's name in a table, with the settings that differ from its family's defaults; undefined if the table lacks it. */
export function writeNamed<F extends Member<F> & object>(
  f: F,
  table: Readonly<Record<string, Member<F> | F>>,
): Written | undefined {
  const entries = Object.entries(table);
  const itself = entries.find(([, entry]) => entry === f);
  if (itself !== undefined) return itself[0];
  const { family: own, settings = {} } = f;
  const [name] = entries.find(([, entry]) => own !== undefined && entry.family === own) ?? [];
  if (name === undefined || own?.made(f) !== true) return undefined;
  const changed = Object.entries(settings).filter(([setting, value]) => own.defaults[setting] !== value);
  return changed.length === 0 ? name : { name, ...Object.fromEntries(changed) };
}
