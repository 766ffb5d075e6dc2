import { yieldEvery } from "../../device/index.ts";
import { type Objective, objectiveOf, type Target } from "../../objective/index.ts";
import { iterations, type Solution, type SolveOptions, type Solver, solve } from "../../solvers/index.ts";
import { MOST_ITERATIONS } from "../defaults/index.ts";
import { outcomeOf } from "../outcomes.ts";
import { checkSteps, type MinimizeOptions, type Path, startOn } from "./path.ts";

interface SolverWalk extends MinimizeOptions {
  readonly optimizer: Solver;
}

/** Walks by a solver until it stops. */
export function solverWalk(target: Target, walk: SolverWalk): Path {
  const objective = objectiveOf(target);
  return pathOf(solve(objective, searchOn(target, objective, walk)));
}

/** The same without blocking the thread. */
export async function solverWalkAsync(target: Target, walk: SolverWalk): Promise<Path> {
  const objective = objectiveOf(target);
  const search = iterations(objective, searchOn(target, objective, walk));
  const rest = yieldEvery();
  for (;;) {
    const { done, value } = await search.next();
    if (done) return pathOf(value);
    await rest();
  }
}

function searchOn(target: Target, { dimension }: Objective, walk: SolverWalk): SolveOptions {
  const { optimizer: solver, steps: maxIterations = MOST_ITERATIONS, signal } = walk;
  checkSteps(maxIterations);
  return { solver, start: startOn(target, dimension, walk.start), maxIterations, signal, path: true };
}

function pathOf(solution: Solution): Path {
  const { x, value, path = { points: x, values: Float64Array.of(value) } } = solution;
  return { dimension: x.length, ...path, outcome: outcomeOf(solution) };
}
