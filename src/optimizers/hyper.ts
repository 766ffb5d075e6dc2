import { checkNamed, checkNumber, type Domain, domainOf, type Elsewhere, unknownName } from "../arguments/index.ts";

/** A hyper-parameter that changes during training: its value at step t, counted from 1. */
export type Schedule = (t: number) => number;

/** The state of a watching schedule: plain numbers by name. */
export type ScheduleState = Record<string, number>;

/**
 * A schedule that watches the validation loss. It is stateless: all that it has seen is in a state that `init` makes,
 * so that several runs can share the schedule. An optimizer keeps that state within its own.
 */
export interface WatchingSchedule {
  /** The value at step t; without a state, the value before any loss. */
  (t: number, state?: ScheduleState): number;
  /** The state before any loss. */
  init(): ScheduleState;
  /** Records the latest validation loss in the state. */
  observe(state: ScheduleState, loss: number): void;
}

/** Whether a value is a schedule that watches the validation loss. */
export const watches = (value: unknown): value is WatchingSchedule => typeof value === "function" && "observe" in value;

/** Values of hyper-parameters by name, each a number or a schedule. */
export type Hyper = Readonly<Record<string, number | Schedule>>;

/** What PyTorch, Keras, optax and papers call hyper-parameters. */
export const hyperElsewhere: Elsewhere = {
  ...{ eta: ["lr"], rate: ["lr"], "step-size": ["lr"], alpha: ["rho", "lr"], gamma: ["rho", "beta", "lr"] },
  ...{ momentum: ["beta", "beta1"], mu: ["beta", "beta1"], b1: ["beta1"], b2: ["beta2"] },
  ...{
    decay: ["rho", "weight_decay"],
    "decay-rate": ["rho"],
    epsilon: ["eps"],
    "initial-accumulator-value": ["initial"],
  },
};

/** The defaults, overridden by the given values. Throws for unknown names and for values that are not allowed. */
export function checkHyper(
  optimizer: string,
  defaults: Readonly<Record<string, number>>,
  given: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, Domain>> = {},
): Hyper {
  const names = Object.keys(defaults);
  checkNamed(`${optimizer}: the hyper-parameters are`, optimizer, given, defaults);
  for (const name of Object.keys(given))
    if (!names.includes(name))
      throw new RangeError(unknownName(`${optimizer}: hyper-parameter`, name, names, undefined, hyperElsewhere));
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
 * The value of a hyper-parameter at step t, counted from 1. Throws a RangeError if a schedule gives a value outside the
 * domain. `memory`: the state of a watching schedule.
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
