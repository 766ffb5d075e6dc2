import { type Domain, domains } from "./domain.ts";
import { isOptions } from "./options.ts";
import { quoteValue } from "./quote.ts";

/** The domains of common names, so that rules and solvers need not state them; decay rates may end in a digit. */
const usual: readonly (readonly [RegExp, Domain])[] = [
  [/^(lr|eps|weight_decay|initial|l1|l2)$/, domains.notNegative],
  [/^(beta|beta\d|rho|mu|momentum|decay)$/, domains.fraction],
];

export function domainOf(name: string, own: Readonly<Record<string, Domain>> = {}): Domain {
  if (Object.hasOwn(own, name)) return own[name];
  return usual.find(([pattern]) => pattern.test(name))?.[1] ?? domains.finite;
}

/** Throws a TypeError for values that are not given by name, as in `adam(0.1)`. */
export function checkNamed(what: string, method: string, given: unknown, defaults: object): void {
  if (isOptions(given)) return;
  const [first] = Object.entries(defaults);
  const value = typeof given === "number" && first?.[0] === "lr" ? given : first?.[1];
  const named = first === undefined ? "{}" : `{ ${first[0]}: ${value} }`;
  // Names of wrapped rules, and names with a hyphen, are not names of functions.
  const example = /^\w+$/.test(method) ? `${method}(${named})` : named;
  throw new TypeError(`${what} ${quoteValue(given)}; give them by name: ${example}`);
}
