import type { Capability } from "../objective/index.ts";
import type { Computation } from "./run/computation.ts";
import type { Ending } from "./run/ending.ts";
import type { Evaluator } from "./run/evaluator.ts";
import type { Point } from "./run/point.ts";
import { type Allowed, checkSettings, type Settings } from "./settings.ts";

/** What a solver keeps between two steps: numbers, words, vectors, and lists and records of them. */
export interface SolverState {
  /** Where it stands. */
  here: Point;
}

/** A method of minimisation with its settings. It keeps nothing itself: what a search remembers is its state. */
export interface Solver<S extends SolverState = SolverState> {
  readonly name: string;
  /** What it asks of objectives beyond values and gradients: one of these; nothing where the list is empty. */
  readonly needsOneOf: readonly Capability[];
  /** Where a search stops if nothing is said: max |∂f/∂xᵢ|, as `tolerance` of `solve` says. 0: where float64 ends. */
  readonly tolerance: number;
  /** It ends wherever there is no slope, at saddles and maxima too, as its formula has it; no second look is taken. */
  readonly unguarded?: boolean;
  /**
   * What it does where a second look finds a lower point than the one at which it ends: goes on from there as before, or in coordinates
   * in which the curvature is 1 all around, where its directions depend on units. Without it, it ends there, as stalled; but not at saddles.
   */
  readonly resumes?: "as before" | "rescaled";
  /** The state at the start, with the value and the gradient there. */
  init(f: Evaluator, start: Float64Array): Computation<S>;
  /** Takes one step, which changes the state; says how the search ended where it cannot go on. */
  step(f: Evaluator, state: S): Computation<Ending | undefined>;
}

/** Where a search stops if neither the caller nor the method says. */
export const TOLERANCE = 1e-10;

/** Two solvers in one: what the objective gives decides which takes the steps. */
export const either = (
  needsOneOf: readonly Capability[],
  chooses: (f: Evaluator) => Omit<Solver, "name">,
  { tolerance = TOLERANCE, resumes = "as before" }: Partial<Pick<Solver, "tolerance" | "resumes">> = {},
): Omit<Solver, "name"> => ({
  needsOneOf,
  tolerance,
  resumes,
  init: (f, start) => chooses(f).init(f, start),
  step: (f, state) => chooses(f).step(f, state),
});

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
