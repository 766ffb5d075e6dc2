import { cut } from "../../arguments/index.ts";
import type { Frozen } from "../../nn/index.ts";
import { packSearch, type SearchState, unpackSearch } from "../../solvers/index.ts";
import type { SavedTraining, SolverTrainOptions } from "../options.ts";
import type { RunState } from "../run-state.ts";
import { type Identity, named, refuse, restoreRunState, Saved, savedFrozen, savedRunState } from "./saved-run.ts";

/** A run by a solver as plain data; `search` is undefined before its first evaluation. */
export const savedSearch = (
  run: RunState,
  search: SearchState | undefined,
  identity: Identity,
  frozen: Frozen | undefined,
): SavedTraining => ({
  ...savedRunState(run, identity),
  ...(search === undefined ? {} : named("search", packSearch(search))),
  ...savedFrozen(frozen),
  w: run.w.slice(),
});

/** Restores a saved run into the state of one that has just begun, and returns its search. Throws a RangeError if it does not fit. */
export function restoreSearch(
  run: RunState,
  saved: SavedTraining,
  identity: Identity,
  options: Pick<SolverTrainOptions, "optimizer" | "patience">,
): SearchState | undefined {
  const from = new Saved(saved);
  const { name } = options.optimizer;
  if (Object.keys(from.under("optimizer")).length > 0)
    refuse(`it is a run by an update rule; ${cut(name)}, a solver, cannot resume it`);
  from.check(identity);
  from.vector("w", run.w);
  restoreRunState(run, from, options);
  const packed = from.under("search");
  if (Object.keys(packed).length === 0) return undefined;
  const search = unpacked(packed);
  if (search.solver !== name) refuse(`its solver was ${cut(search.solver)}, but this run's is ${cut(name)}`);
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
