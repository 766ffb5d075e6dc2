import {
  checkNamed,
  checkNumber,
  type Domain,
  domainOf,
  domains,
  nearestName,
  quoteValue,
  unknownName,
} from "../arguments/index.ts";

/** A solver's settings by name: numbers, and choices from a list of strings. */
export type Settings = Readonly<Record<string, number | string>>;

/** The allowed values of settings whose name does not imply them: a domain of numbers, or a list of strings. */
export type Allowed = Readonly<Record<string, Domain | readonly string[]>>;

/** The defaults, overridden by the given values. Throws for unknown names and for values that are not allowed. */
export function checkSettings<S extends Settings>(
  method: string,
  defaults: S,
  given: object,
  allowed: Allowed = {},
): S {
  const names = Object.keys(defaults);
  checkNamed(`${method}: the settings are`, method, given, defaults);
  const entries: [string, unknown][] = Object.entries(given);
  const settings = { ...defaults };
  for (const [name, value] of entries) {
    if (!names.includes(name)) throw new RangeError(unknownName(`${method}: setting`, name, names));
    if (value === undefined) continue;
    const domain = allowed[name];
    const checked = isWords(domain)
      ? checkWord(method, name, value, domain)
      : checkNumber(`${method}: ${name}`, value, domainOf(name, domain === undefined ? {} : { [name]: domain }));
    Object.assign(settings, { [name]: checked });
  }
  return settings;
}

const isWords = (domain: Domain | readonly string[] | undefined): domain is readonly string[] => Array.isArray(domain);

function checkWord(method: string, name: string, value: unknown, words: readonly string[]): string {
  if (typeof value === "string" && words.includes(value)) return value;
  const near = typeof value === "string" ? nearestName(value, words) : undefined;
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  throw new RangeError(`${method}: ${name} is ${quoteValue(value)}${hint} (allowed: ${words.join(", ")})`);
}

export const { count, positive, fraction, between } = domains;
