import type { GradientSource } from "../objective/index.ts";
import { resolveTrainOptions, type TrainOptions } from "./options.ts";
import { RuleSteps } from "./rule-steps.ts";
import { Run } from "./run.ts";
import type { TrainingState } from "./saved/training-state.ts";

/** One run by an update rule: trains while it is iterated, and reports each batch, each epoch and the end. */
export class Training extends Run<TrainingState> {
  /** @param source computes losses and gradients; it is released when the run ends */
  constructor(options: TrainOptions, source: GradientSource) {
    const settings = resolveTrainOptions(options);
    super(settings, new RuleSteps(settings, source));
  }
}
