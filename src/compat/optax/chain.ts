import type { Optimizer, Schedule } from "../../optimizers/index.ts";
import type { Rate } from "../arguments.ts";
import { type Formula, fromZero, type Line, lines, optimizerFrom } from "../formula.ts";

/** A gradient transformation: lines that turn g into another update, and what they need. */
export interface Transformation extends Pick<Formula, "hyper"> {
  readonly slots?: Readonly<Record<string, string | number>>;
  readonly update: readonly Line[];
}

/** Transformations one after the other; what the last one gives is added to the weights. */
export const chain = (name: string, ...transformations: readonly Transformation[]): Optimizer =>
  optimizerFrom({
    name: `optax.${name}`,
    title: `${name} (optax)`,
    hyper: Object.assign({}, ...transformations.map(({ hyper }) => hyper)),
    slots: Object.assign({}, ...transformations.map(({ slots }) => slots)),
    update: lines(...transformations.flatMap(({ update }) => update), "w = w + g"),
  });

/** The step against the update. Without a rate, the update as it is: optax then leaves its sign, too. */
export const scaleByLearningRate = (rate: Rate | null): Transformation =>
  rate === null ? { hyper: {}, update: [] } : { hyper: { lr: fromZero(rate) }, update: ["g = -lr*g"] };

/** Weight decay, added to the update. A mask of false leaves all weights out; tensors cannot be told apart by it. */
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

/** The first moment m, corrected for its start at 0; with `nesterov` as Dozat 2016 looks one step ahead. */
export const correctedMean = (nesterov: boolean): Line =>
  nesterov ? "m_hat = b1*(m / (1 - b1^(t + 1))) + (1 - b1)*(g / (1 - b1^t))" : "m_hat = m / (1 - b1^t)";
