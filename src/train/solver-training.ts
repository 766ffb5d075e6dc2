import type { Engine } from "../objective/index.ts";
import { resolveSolverOptions, type SolverTrainOptions } from "./options.ts";
import { Run } from "./run.ts";
import type { RunState } from "./run-state.ts";
import { SearchSteps } from "./search-steps.ts";

/**
 * One run by a solver, which minimises the loss on the whole training set. It is iterated as `Training` is and reports the same
 * events; each step is an epoch with one batch.
 */
export class SolverTraining extends Run<RunState> {
  /** @param engine computes losses and whatever else the solver needs; it is released when the run ends */
  constructor(options: SolverTrainOptions, engine: Engine) {
    const settings = resolveSolverOptions(options);
    super(settings, new SearchSteps(settings, engine));
  }
}
