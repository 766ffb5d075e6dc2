import { checkNumber, type Domain, domains, isOptions, quoteValue, unknownName } from "../arguments/index.ts";

/** A hyper-parameter that changes as training goes on: its value at step t, counted from 1. */
export type Schedule = (t: number) => number;

/** What a schedule that watches keeps from one loss to the next: plain numbers by name. */
export type ScheduleState = Record<string, number>;

/**
 * A schedule that is told how training goes. It keeps nothing itself: what it has seen lies in a state that `init` makes,
 * so that equal runs are equal however many share the schedule. An optimizer keeps that state in its own.
 */
export interface WatchingSchedule {
  /** The value at step t; without a state, as it is before any loss. */
  (t: number, state?: ScheduleState): number;
  /** The state before any loss. */
  init(): ScheduleState;
  /** Notes the latest validation loss in the state. */
  observe(state: ScheduleState, loss: number): void;
}

export const watches = (value: unknown): value is WatchingSchedule => typeof value === "function" && "observe" in value;

/** Values of hyper-parameters, by name. */
export type Hyper = Readonly<Record<string, number | Schedule>>;

export { type Domain, domains } from "../arguments/index.ts";

/** What the field's usual names mean, so that a rule need not say it; decay rates end in a digit or not. */
const usual: readonly (readonly [RegExp, Domain])[] = [
  [/^(lr|eps|weight_decay|initial|l1|l2)$/, domains.notNegative],
  [/^(beta|beta\d|rho|mu|momentum|decay)$/, domains.fraction],
];

export function domainOf(name: string, own: Readonly<Record<string, Domain>> = {}): Domain {
  if (Object.hasOwn(own, name)) return own[name];
  return usual.find(([pattern]) => pattern.test(name))?.[1] ?? domains.finite;
}

/** Defaults with the given values in their place. Throws for names that do not exist and values that are not allowed. */
export function checkHyper(
  optimizer: string,
  defaults: Readonly<Record<string, number>>,
  given: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, Domain>> = {},
): Hyper {
  const names = Object.keys(defaults);
  checkNamed(`${optimizer}: the hyper-parameters are`, optimizer, given, defaults);
  for (const name of Object.keys(given))
    if (!names.includes(name)) throw new RangeError(unknownName(`${optimizer}: hyper-parameter`, name, names));
  const entries = names.map((name) => {
    const value = Object.hasOwn(given, name) && given[name] !== undefined ? given[name] : defaults[name];
    return [
      name,
      isSchedule(value) ? value : checkNumber(`${optimizer}: ${name}`, value, domainOf(name, own)),
    ] as const;
  });
  return Object.fromEntries(entries);
}

/** Throws a TypeError for values that are not given by name, as the one in `adam(0.1)`. */
export function checkNamed(what: string, method: string, given: unknown, defaults: object): void {
  if (isOptions(given)) return;
  const [first] = Object.entries(defaults);
  const value = typeof given === "number" && first?.[0] === "lr" ? given : first?.[1];
  const named = first === undefined ? "{}" : `{ ${first[0]}: ${value} }`;
  // The names of wrapped rules, and those with a hyphen, are no names of functions.
  const example = /^\w+$/.test(method) ? `${method}(${named})` : named;
  throw new TypeError(`${what} ${quoteValue(given)}; give them by name: ${example}`);
}

const isSchedule = (value: unknown): value is Schedule => typeof value === "function";

/**
 * The value of a hyper-parameter at step t; what a schedule gives is checked like any other value. `memory`: the state of
 * a schedule that watches.
 */
export function valueAt(
  optimizer: string,
  name: string,
  value: number | Schedule,
  t: number,
  domain: Domain,
  memory?: ScheduleState,
): number {
  if (typeof value === "number") return value;
  const now = watches(value) && memory !== undefined ? value(t, memory) : value(t);
  return checkNumber(`${optimizer}: ${name}`, now, domain, ` at step ${t}`);
}
