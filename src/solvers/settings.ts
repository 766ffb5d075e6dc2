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

/** Settings of a method, by name: numbers, and choices among words. */
export type Settings = Readonly<Record<string, number | string>>;

/** What a setting may be, where its name does not tell: a domain of numbers, or the words to choose from. */
export type Allowed = Readonly<Record<string, Domain | readonly string[]>>;

/** Defaults with the given values in their place. Throws for names that do not exist and values that are not allowed. */
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
