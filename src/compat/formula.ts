import { domainOf, domains } from "../arguments/index.ts";
import {
  type Hyper,
  type Optimizer,
  type RuleSpec,
  rule,
  type Schedule,
  type ScheduleState,
  valueAt,
  watches,
} from "../optimizers/index.ts";

/** A line of a formula, or `false` if an option leaves it out. */
export type Line = string | false;

/** Lines in order, without those that options leave out. */
export const lines = (...all: readonly Line[]): string => all.filter((line) => line !== false).join("\n");

/** A rule whose hyper-parameters already have their values. */
export interface Formula extends Omit<RuleSpec, "hyper" | "domains"> {
  readonly hyper: Hyper;
}

/**
 * The optimizer of a formula. Its spec has a schedule's first value. Numbers were checked before, against what the other library
 * allows; a schedule's values are checked at each step, as for the native rules.
 */
export function optimizerFrom({ hyper, ...formula }: Formula): Optimizer {
  const entries = Object.entries(hyper);
  const schedules = entries.filter(([, value]) => typeof value === "function");
  const own = entries.flatMap(([name, value]) => (typeof value === "number" ? [[name, domains.finite] as const] : []));
  const first = entries.map(([name, value]) => [name, valueAt(formula.name, name, value, 1, domainOf(name))] as const);
  const make = rule({ ...formula, hyper: Object.fromEntries(first), domains: Object.fromEntries(own) });
  return make(Object.fromEntries(schedules));
}

/** A schedule that counts steps from 0, as one that counts from 1. */
export function fromZero<R extends number | Schedule>(rate: R): R | Schedule {
  if (watches(rate)) return Object.assign((t: number, state?: ScheduleState) => rate(t - 1, state), rate);
  return typeof rate === "function" ? (t: number) => rate(t - 1) : rate;
}
