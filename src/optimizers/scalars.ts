import { domainOf } from "../arguments/index.ts";
import { type Hyper, valueAt, watches } from "./hyper.ts";
import type { RuleSpec } from "./rule-spec.ts";
import { scheduleStateIn } from "./schedule-state.ts";
import type { State } from "./state.ts";

/** A rule and the values of its hyper-parameters. */
export interface ConfiguredRule {
  readonly spec: RuleSpec;
  readonly hyper: Hyper;
}

/** The scalars of a kernel, in its order: the step, hyper-parameters, and the state's scalars. */
export interface Scalars {
  readonly values: Float64Array;
  /** Writes the values at step t. Throws a RangeError if a schedule gives a value that is not allowed. */
  set(t: number): void;
  /** Writes the rule's scalars back to the state. */
  keep(): void;
  /** Whether the rule's scalars are finite. */
  areFinite(): boolean;
}

/** Makes the scalars of a kernel for a state, in the caller's cells if given. */
export type ScalarsOf = (state: State, cells?: Float64Array) => Scalars;

/** Looks up once the places of a kernel's scalars. */
export function scalarsFor({ spec, hyper }: ConfiguredRule, names: readonly string[]): ScalarsOf {
  const start = Float64Array.from(names, (name) => Number(typeof hyper[name] === "number" ? hyper[name] : 0));
  const kept = Object.keys(spec.scalars ?? {}).map((name) => [name, names.indexOf(name)] as const);
  const scheduled = names.flatMap((name, i) => (typeof hyper[name] === "function" ? [[name, i] as const] : []));
  const at = names.indexOf("t");
  return (state, values = new Float64Array(names.length)) => {
    values.set(start);
    return {
      values,
      set: (t) => {
        values[at] = t;
        for (const [name, i] of scheduled) {
          const value = hyper[name];
          const memory = watches(value) ? scheduleStateIn(state, name, value) : undefined;
          values[i] = valueAt(spec.name, name, value, t, domainOf(name, spec.domains), memory);
        }
        for (const [name, i] of kept) values[i] = Number(state[name]);
      },
      keep: () => {
        for (const [name, i] of kept) state[name] = values[i];
      },
      areFinite: () => {
        for (const [, i] of kept) if (!Number.isFinite(values[i])) return false;
        return true;
      },
    };
  };
}

/** The values of all hyper-parameters at step t. */
export const hyperAt = ({ spec, hyper }: ConfiguredRule, t: number): Record<string, number> =>
  Object.fromEntries(
    Object.entries(hyper).map(([name, value]) => [
      name,
      valueAt(spec.name, name, value, t, domainOf(name, spec.domains)),
    ]),
  );
