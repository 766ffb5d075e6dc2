/**
 * The statements of a lecture on optimization as experiments that measure, check and plot them; and races of
 * optimizers on a surface.
 *
 * @module
 */

import type { Experiment } from "./experiment.ts";
import { adagradByHand } from "./experiments/adagrad-by-hand.ts";
import { adagradStalls } from "./experiments/adagrad-stalls.ts";
import { adamDeadRegion } from "./experiments/adam-dead-region.ts";
import { adamEdge } from "./experiments/adam-edge.ts";
import { adamFirstSteps } from "./experiments/adam-first-steps.ts";
import { adamSweep } from "./experiments/adam-sweep.ts";
import { adamTerms } from "./experiments/adam-terms.ts";
import { barrier } from "./experiments/barrier.ts";
import { barrierWidth } from "./experiments/barrier-width.ts";
import { batchMemory } from "./experiments/batch-memory.ts";
import { batchSize } from "./experiments/batch-size.ts";
import { biasCorrection } from "./experiments/bias-correction.ts";
import { blindfolded } from "./experiments/blindfolded.ts";
import { certainNets } from "./experiments/certain-nets.ts";
import { criticalPoints } from "./experiments/critical-points.ts";
import { deepLandscapes } from "./experiments/deep-landscapes.ts";
import { edgeOfStability } from "./experiments/edge-of-stability.ts";
import { gradientNoise } from "./experiments/gradient-noise.ts";
import { journeys } from "./experiments/journeys.ts";
import { kerasOptimizers } from "./experiments/keras-optimizers.ts";
import { learningRate } from "./experiments/learning-rate.ts";
import { modeConnectivity } from "./experiments/mode-connectivity.ts";
import { momentumAddsUp } from "./experiments/momentum-adds-up.ts";
import { momentumForms } from "./experiments/momentum-forms.ts";
import { momentumSaddle } from "./experiments/momentum-saddle.ts";
import { momentumSmooths } from "./experiments/momentum-smooths.ts";
import { nesterovForms } from "./experiments/nesterov-forms.ts";
import { radfordBeale } from "./experiments/radford-beale.ts";
import { radfordMoons } from "./experiments/radford-moons.ts";
import { radfordSaddle } from "./experiments/radford-saddle.ts";
import { radfordValley } from "./experiments/radford-valley.ts";
import { shallowMinimum } from "./experiments/shallow-minimum.ts";
import { steepestDescent } from "./experiments/steepest-descent.ts";
import { swappedUnits } from "./experiments/swapped-units.ts";
import { weightedAverages } from "./experiments/weighted-averages.ts";

export { type AutoencoderSizes, autoencoding, variationalAutoencoder } from "./autoencoder.ts";
export type { DeepLandscape, Fit } from "./deep-landscape.ts";
export {
  type Experiment,
  type Findings,
  type Given,
  type Measurement,
  type Numbers,
  type Picture,
  restored,
  saved,
  type Trajectories,
} from "./experiment.ts";
export { lecturePage, type Performed } from "./page.ts";
export type { RacePicture, Style } from "./plots/race.ts";
export {
  type Entrant,
  type Race,
  type RaceOptions,
  race,
  raceOf,
  type Walker,
  type Walks,
} from "./race.ts";
export { type RateSearch, tunedRate } from "./race-rate.ts";
export { type Retraining, retraining, type Train, type Trained } from "./retraining.ts";
export { temperaturesFrom } from "./temperatures.ts";
export { type Cell, cellWords, facts, isNumeric, type NumberTable, numberTable, type Told } from "./told.ts";

/** The experiments, in the order of the lecture. */
export const experiments: readonly Experiment[] = [
  criticalPoints,
  swappedUnits,
  barrier,
  barrierWidth,
  modeConnectivity,
  journeys,
  deepLandscapes,
  blindfolded,
  steepestDescent,
  learningRate,
  edgeOfStability,
  certainNets,
  batchSize,
  gradientNoise,
  batchMemory,
  weightedAverages,
  biasCorrection,
  momentumAddsUp,
  momentumSmooths,
  shallowMinimum,
  momentumSaddle,
  momentumForms,
  nesterovForms,
  radfordValley,
  radfordBeale,
  radfordSaddle,
  radfordMoons,
  adagradByHand,
  adagradStalls,
  adamTerms,
  adamFirstSteps,
  adamDeadRegion,
  adamSweep,
  adamEdge,
  kerasOptimizers,
];

/** The experiment with this id; undefined where there is none. */
export const findExperiment = (id: string): Experiment | undefined =>
  experiments.find((experiment) => experiment.id === id);
