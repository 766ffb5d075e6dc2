import type { Engine } from "../objective/index.ts";
import type { Course } from "./course.ts";
import { type SolverTrainOptions, settleSearch } from "./options.ts";
import { Run } from "./run.ts";
import { SearchSteps } from "./search-steps.ts";

/**
 * One run by a solver: the loss of the whole training set as a function of all parameters, made small. It is iterated as
 * `Training` is, and tells the same; each step is an epoch, with one batch.
 */
export class SolverTraining extends Run<Course> {
  /** @param engine computes losses and what else the solver asks for; it is released when the run ends */
  constructor(options: SolverTrainOptions, engine: Engine) {
    const settings = settleSearch(options);
    super(settings, new SearchSteps(settings, engine));
  }
}
