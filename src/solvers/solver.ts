import type { Capability } from "../objective/index.ts";
import type { Computation } from "./run/computation.ts";
import type { Ending } from "./run/ending.ts";
import type { Evaluator } from "./run/evaluator.ts";
import type { Point } from "./run/point.ts";
import { type Allowed, checkSettings, type Settings } from "./solver-settings.ts";

/** A solver's state between two steps: numbers, strings, vectors, and arrays and objects of them. */
export interface SolverState {
  /** The current point. */
  here: Point;
}

/** A method of minimisation with its settings. It is stateless: the search keeps its state. */
export interface Solver<S extends SolverState = SolverState> {
  /** The name in reports and messages. */
  readonly name: string;
  /** It needs one of these capabilities from objectives, besides values and gradients; none if the list is empty. */
  readonly needsOneOf: readonly Capability[];
  /** The default of `tolerance` of `solve`. 0: search to the limit of float64. */
  readonly tolerance: number;
  /** It ends at any critical point, saddles and maxima too, as its formula does; there is no second look. */
  readonly unguarded?: boolean;
  /**
   * How it continues if a second look finds a lower point than the one at which it would end: as before, or, for directions that depend on
   * units, in coordinates in which the curvature is 1 in every direction. Without this it ends there, as stalled, unless at a saddle.
   */
  readonly resumes?: "as before" | "rescaled";
  /** The state at the start, with the value and the gradient there. */
  init(f: Evaluator, start: Float64Array): Computation<S>;
  /** Takes one step, which changes the state. Returns an ending if the solver cannot continue. */
  step(f: Evaluator, state: S): Computation<Ending | undefined>;
}

/** The default tolerance of most solvers. */
export const TOLERANCE = 1e-10;

/** Several solvers in one: the objective's capabilities decide which one takes the steps. */
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

/** A method's description as data. */
export interface SolverSpec<S extends Settings = Settings> {
  /** Its name in the command and in files. */
  readonly name: string;
  /** The name in prose. */
  readonly title: string;
  /** The step as a formula. */
  readonly formula: string;
  /** The meaning of the formula's symbols, in a sentence. */
  readonly symbols: string;
  /** Author and year of the paper. */
  readonly source: string;
  /** Deliberate choices of this implementation. */
  readonly notes?: readonly string[];
  /** Settings and their defaults. */
  readonly settings: S;
  /** The meaning of each setting. */
  readonly meanings: { readonly [K in keyof S]: string };
  /** The allowed values of settings whose name does not imply them. */
  readonly allowed?: Allowed;
}

/** A method: call it with settings to make a solver. Throws a RangeError for a setting that is not allowed. */
export interface SolverFactory<S extends Settings = Settings> {
  (settings?: Readonly<Partial<S>>): Solver;
  /** Its name, formula, source and default settings. */
  readonly spec: SolverSpec<S>;
}

/** Makes a method from its description and a function that builds the solver from checked settings. */
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
