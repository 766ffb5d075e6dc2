import type { Optimizer } from "../src/optimizers/index.ts";

/** The weight from which the steps begin, and the gradient at which they are taken. */
const [WEIGHT, GRADIENT] = [2, 1];

type Two = readonly [first: number, second: number];

/** How far an optimizer's first two steps move a weight of 2 at a gradient of 1. */
export function twoSteps(optimizer: Optimizer): Two {
  const w = Float64Array.of(WEIGHT);
  const state = optimizer.init(w);
  const step = (): number => {
    const [before] = w;
    optimizer.step(w, Float64Array.of(GRADIENT), state);
    return before - w[0];
  };
  return [step(), step()];
}

/** Keras's defaults: eps, the decays of the averages, AdamW's decay of weights, and the accumulators' start. */
const [EPS, BETA1, BETA2, DECAY, START] = [1e-7, 0.9, 0.999, 0.004, 0.1];
/** An average from 0 of ones, after t of them. */
const filled = (beta: number, t: number): number => 1 - beta ** t;
/** Nadam's momentum, μₜ = β₁(1 − ½·0.96ᵗ), and the product of the first t. */
const mu = (t: number): number => BETA1 * (1 - 0.5 * 0.96 ** t);
const muProduct = (t: number): number => (t === 0 ? 1 : mu(t) * muProduct(t - 1));

/** Adam's step at t over the rate: corrected, both averages are 1, and eps stands beside the uncorrected root. */
const adam = (t: number): number => 1 / (1 + EPS / Math.sqrt(filled(BETA2, t)));
const nadam = (t: number): number =>
  ((mu(t + 1) * filled(BETA1, t)) / (1 - muProduct(t + 1)) + (1 - mu(t)) / (1 - muProduct(t))) / (1 + EPS);
const each = (step: (t: number) => number): Two => [step(1), step(2)];

function adadelta(lr: number): Two {
  const first = Math.sqrt(EPS / (filled(0.95, 1) + EPS));
  return [lr * first, lr * Math.sqrt((0.05 * first ** 2 + EPS) / (filled(0.95, 2) + EPS))];
}

/** A first step that depends on the weight, and the second from where it leads. */
const fromWeight = (step: (w: number, t: number) => number): Two => [
  step(WEIGHT, 1),
  step(WEIGHT - step(WEIGHT, 1), 2),
];

/**
 * The same by formula, from the papers and Keras's documented defaults. Ftrl is Adagrad, but for its first step, which
 * keeps √(n₀/(n₀ + g²)) less than the whole weight.
 */
export const twoStepsExpected: Readonly<Record<string, (lr: number) => Two>> = {
  SGD: (lr) => [lr, lr],
  RMSprop: (lr) => each((t) => lr / Math.sqrt(filled(0.9, t) + EPS)),
  Adam: (lr) => each((t) => lr * adam(t)),
  AdamW: (lr) => fromWeight((w, t) => lr * (adam(t) + DECAY * w)),
  Adadelta: adadelta,
  Adagrad: (lr) => each((t) => lr / Math.sqrt(START + t + EPS)),
  Adamax: (lr) => each(() => lr / (1 + EPS)),
  Nadam: (lr) => each((t) => lr * nadam(t)),
  Ftrl: (lr) => {
    const lost = WEIGHT * Math.sqrt(START / (START + 1));
    return [lost + lr / Math.sqrt(START + 1), lr / Math.sqrt(START + 2)];
  },
  Lion: (lr) => [lr, lr],
  Lamb: (lr) => fromWeight((w) => lr * w),
};
