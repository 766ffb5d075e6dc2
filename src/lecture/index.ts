import { unknownName } from "../expr/nearest.ts";
import type { Experiment } from "./experiment.ts";
import { adagradByHand } from "./experiments/adagrad-by-hand.ts";
import { adamFirstSteps } from "./experiments/adam-first-steps.ts";
import { biasCorrection } from "./experiments/bias-correction.ts";
import { learningRate } from "./experiments/learning-rate.ts";
import { momentumAddsUp } from "./experiments/momentum-adds-up.ts";
import { momentumForms } from "./experiments/momentum-forms.ts";
import { nesterovForms } from "./experiments/nesterov-forms.ts";
import { steepestDescent } from "./experiments/steepest-descent.ts";
import { weightedAverages } from "./experiments/weighted-averages.ts";

export type { Experiment, Findings, Given, Numbers } from "./experiment.ts";

/** The experiments, in the order of the lecture. */
export const experiments: readonly Experiment[] = [
  steepestDescent,
  learningRate,
  weightedAverages,
  biasCorrection,
  momentumAddsUp,
  momentumForms,
  nesterovForms,
  adagradByHand,
  adamFirstSteps,
];

/** The experiment with this id. Throws a RangeError with the nearest id where there is none. */
export function findExperiment(id: string): Experiment {
  const found = experiments.find((experiment) => experiment.id === id);
  if (found === undefined)
    throw new RangeError(
      unknownName(
        "experiment",
        id,
        experiments.map((experiment) => experiment.id),
      ),
    );
  return found;
}
