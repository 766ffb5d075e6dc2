import { checkNamed, checkNumber, type Domain, domainOf, unknownName } from "../arguments/index.ts";

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
