import { type Allowed, checkSettings, type Settings } from "./settings.ts";
import type { Solver } from "./solver.ts";

/** A method as data: everything that is to know of it. */
export interface SolverSpec<S extends Settings = Settings> {
  /** As it is written on the command line. */
  readonly name: string;
  /** The name in prose. */
  readonly title: string;
  /** The step, as it is written in the field. */
  readonly formula: string;
  readonly source: string;
  /** Settings and their defaults. */
  readonly settings: S;
  /** What settings may be, where their name does not tell. */
  readonly allowed?: Allowed;
}

/** A method: called with settings it gives a solver. */
export interface SolverFactory<S extends Settings = Settings> {
  (settings?: Readonly<Partial<S>>): Solver;
  readonly spec: SolverSpec<S>;
}

/** Makes a method from what is known of it, and from what its settings mean. Settings are checked before. */
export function solver<S extends Settings>(
  spec: SolverSpec<S>,
  make: (settings: S) => Omit<Solver, "name">,
): SolverFactory<S> {
  const factory = (given?: Readonly<Partial<S>>): Solver => ({
    ...make(checkSettings(spec.name, spec.settings, given ?? {}, spec.allowed)),
    name: spec.name,
  });
  return Object.assign(factory, { spec });
}
