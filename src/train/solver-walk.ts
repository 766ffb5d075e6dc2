import { resting } from "../device/rest.ts";
import {
  iterations,
  type Objective,
  objectiveOf,
  type Solution,
  type SolveOptions,
  type Solver,
  solve,
} from "../solvers/index.ts";
import { outcomeOf } from "./ending.ts";
import type { MinimizeOptions, Walkable } from "./minimize.ts";
import type { Path } from "./path.ts";
import { checkSteps, startOn } from "./start.ts";

interface SolverWalk extends MinimizeOptions {
  readonly optimizer: Solver;
}

/** Walks with a solver: along its directions, to where it ends by itself. */
export function solverWalk(target: Walkable, walk: SolverWalk): Path {
  const objective = objectiveOf(target);
  return pathOf(solve(objective, searchOn(target, objective, walk)));
}

/** The same, with rests. */
export async function solverWalkLater(target: Walkable, walk: SolverWalk): Promise<Path> {
  const objective = objectiveOf(target);
  const search = iterations(objective, searchOn(target, objective, walk));
  const rest = resting();
  for (;;) {
    const { done, value } = await search.next();
    if (done) return pathOf(value);
    await rest();
  }
}

function searchOn(target: Walkable, { dimension }: Objective, walk: SolverWalk): SolveOptions {
  const { optimizer: solver, steps: maxIterations = 10_000, signal } = walk;
  checkSteps(maxIterations);
  return { solver, start: startOn(target, dimension, walk.start), maxIterations, signal, path: true };
}

function pathOf(solution: Solution): Path {
  const { x, value, path = { points: x, values: Float64Array.of(value) } } = solution;
  return { dimension: x.length, ...path, outcome: outcomeOf(solution) };
}
