import { cut } from "../../arguments/index.ts";
import { packSearch, type SearchState, unpackSearch } from "../../solvers/index.ts";
import type { Course } from "../course.ts";
import type { SavedTraining, SolverTrainOptions } from "../options.ts";
import { type Identity, named, refuse, restoreCourse, Saved, savedCourse } from "./saved-run.ts";

/** A run by a solver as plain data; without a search where it has not begun. */
export const savedSearch = (course: Course, search: SearchState | undefined, identity: Identity): SavedTraining => ({
  ...savedCourse(course, identity),
  ...(search === undefined ? {} : named("search", packSearch(search))),
  w: course.w.slice(),
});

/** Puts a saved run in the place of one that has just begun, and gives its search. Throws a RangeError where it does not fit. */
export function restoreSearch(
  course: Course,
  saved: SavedTraining,
  identity: Identity,
  options: Pick<SolverTrainOptions, "optimizer" | "patience">,
): SearchState | undefined {
  const from = new Saved(saved);
  const { name } = options.optimizer;
  if (Object.keys(from.under("optimizer")).length > 0)
    refuse(`it is a run by an update rule; ${cut(name)}, a solver, cannot go on from there`);
  from.check(identity);
  from.vector("w", course.w);
  restoreCourse(course, from, options);
  const packed = from.under("search");
  if (Object.keys(packed).length === 0) return undefined;
  const search = unpacked(packed);
  if (search.solver !== name) refuse(`its solver was ${cut(search.solver)}, and this run's is ${cut(name)}`);
  return search;
}

function unpacked(packed: Readonly<Record<string, unknown>>): SearchState {
  try {
    return unpackSearch(packed);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(`its search cannot be read: ${error.message}`);
  }
}
