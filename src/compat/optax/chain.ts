import type { Optimizer, Schedule } from "../../optimizers/index.ts";
import type { Rate } from "../arguments.ts";
import { type Formula, fromZero, type Line, lines, optimizerFrom } from "../formula.ts";

/** A gradient transformation: lines that turn g into another update, and what they need. */
export interface Transformation extends Pick<Formula, "hyper"> {
  readonly slots?: Readonly<Record<string, string | number>>;
  readonly update: readonly Line[];
}

/** Transformations in sequence; the last one's result is added to the weights. */
export const chain = (name: string, ...transformations: readonly Transformation[]): Optimizer =>
  optimizerFrom({
    name: `optax.${name}`,
    title: `${name} (optax)`,
    hyper: Object.assign({}, ...transformations.map(({ hyper }) => hyper)),
    slots: Object.assign({}, ...transformations.map(({ slots }) => slots)),
    update: lines(...transformations.flatMap(({ update }) => update), "w = w + g"),
  });

/** A step against the update. Without a learning rate the update is unchanged, and so is its sign, as in optax. */
export const scaleByLearningRate = (rate: Rate | null): Transformation =>
  rate === null ? { hyper: {}, update: [] } : { hyper: { lr: fromZero(rate) }, update: ["g = -lr*g"] };

/** Weight decay, added to the update. A mask of false excludes all weights; it cannot choose among tensors. */
export const addDecayedWeights = (weight_decay: number | Schedule, mask: boolean | null = null): Transformation =>
  weight_decay === 0 || mask === false
    ? { hyper: {}, update: [] }
    : { hyper: { weight_decay: fromZero(weight_decay) }, update: ["g = g + weight_decay*w"] };

/** Momentum as a decaying sum. */
export const trace = (momentum: number | null, nesterov: boolean): Transformation =>
  momentum === null
    ? { hyper: {}, update: [] }
    : {
        hyper: { momentum },
        slots: { trace: 0 },
        update: ["trace = g + momentum*trace", nesterov ? "g = g + momentum*trace" : "g = trace"],
      };

/** The first moment m, corrected for its start at 0; with `nesterov` one step ahead, as in Dozat 2016. */
export const correctedMean = (nesterov: boolean): Line =>
  nesterov ? "m_hat = b1*(m / (1 - b1^(t + 1))) + (1 - b1)*(g / (1 - b1^t))" : "m_hat = m / (1 - b1^t)";
