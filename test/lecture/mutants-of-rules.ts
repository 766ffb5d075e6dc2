import { adagradByHand } from "../../lecture/experiments/adagrad-by-hand.ts";
import { adagradStalls } from "../../lecture/experiments/adagrad-stalls.ts";
import { adamFirstSteps } from "../../lecture/experiments/adam-first-steps.ts";
import { adamTerms } from "../../lecture/experiments/adam-terms.ts";
import { blindfolded } from "../../lecture/experiments/blindfolded.ts";
import { learningRate } from "../../lecture/experiments/learning-rate.ts";
import { momentumAddsUp } from "../../lecture/experiments/momentum-adds-up.ts";
import { momentumForms } from "../../lecture/experiments/momentum-forms.ts";
import { momentumSaddle } from "../../lecture/experiments/momentum-saddle.ts";
import { nesterovForms } from "../../lecture/experiments/nesterov-forms.ts";
import { shallowMinimum } from "../../lecture/experiments/shallow-minimum.ts";
import { angleAt, steepestDescent } from "../../lecture/experiments/steepest-descent.ts";
import { optimizerOf, WAYS } from "../../lecture/moments.ts";
import {
  adadelta,
  adagrad,
  adam,
  adamUncorrected,
  gradientDescent,
  momentum,
  momentumAveraged,
  nesterov,
  nesterovRewritten,
  rmsprop,
} from "../../src/optimizers/index.ts";
import { broken, withoutLookahead } from "./broken-rules.ts";
import { type Mutants, mutantsOf } from "./mutants.ts";

export const faults = {
  descent: {
    "a rate of 1.01·lr": broken(gradientDescent, "lr*g", "1.01*lr*g"),
    "a step uphill": broken(gradientDescent, "- lr", "+ lr"),
    "a step that depends on t": broken(gradientDescent, "lr*g", "lr*g/t^0.001"),
  },
  momentum: {
    "0.99·g": broken(momentum, "+ g", "+ 0.99*g"),
    "a velocity that never fades": broken(momentum, "beta*v + g", "v + g"),
    "a rate of 1.01·lr": broken(momentum, "lr*v", "1.01*lr*v"),
    "a damped gradient": broken(momentum, "+ g", "+ (1 - beta)*g"),
  },
  nesterov: {
    "no look ahead": withoutLookahead(nesterov),
    "a rate of 1.01·lr": broken(nesterov, "w - lr*v", "w - 1.01*lr*v"),
  },
  adagrad: {
    "a sum that forgets": broken(adagrad, "s + g^2", "0.999*s + g^2"),
    "no root": broken(adagrad, "sqrt(s)", "s"),
    "a rate of 1.01·lr": broken(adagrad, "lr * g", "1.01*lr * g"),
  },
  rmsprop: {
    "a rate that grows with t": broken(rmsprop, "lr * g", "lr*t * g"),
    "an average that never forgets": broken(rmsprop, "rho*s + (1", "s + (1"),
    "no root": broken(rmsprop, "sqrt(s)", "s"),
    "a rate of 1.01·lr": broken(rmsprop, "lr * g", "1.01*lr * g"),
  },
  adadelta: {
    "steps that are summed": broken(adadelta, "rho*d + (1 - rho)*step^2", "d + step^2"),
    "a rate of 1.01·lr": broken(adadelta, "lr*step", "1.01*lr*step"),
    "no root of steps": broken(adadelta, "sqrt(d + eps)", "(d + eps)"),
  },
  adam: {
    "t + 1 in the correction": broken(adam, "beta1^t", "beta1^(t + 1)"),
    "t + 1 in the second correction": broken(adam, "beta2^t", "beta2^(t + 1)"),
    "no correction": adamUncorrected,
    "no root": broken(adam, "sqrt(v / (1 - beta2^t))", "v / (1 - beta2^t)"),
    "a rate of 1.01·lr": broken(adam, "lr * (m", "1.01*lr * (m"),
    "a second moment that never forgets": broken(adam, "beta2*v +", "v +"),
  },
  adamUncorrected: {
    "a correction": adam,
    "a rate of 1.01·lr": broken(adamUncorrected, "lr * m", "1.01*lr * m"),
  },
} as const;

/** `{ fault: rule }` as `{ "name: fault": { name: rule } }`: a rule's faults as the subjects of an experiment. */
export const inPlaceOf = <Name extends string, R>(
  name: Name,
  rules: Readonly<Record<string, R>>,
): Record<string, Partial<Record<Name, R>>> =>
  Object.fromEntries(
    Object.entries(rules).map(([fault, rule]) => {
      const subject: Partial<Record<Name, R>> = {};
      subject[name] = rule;
      return [`${name}: ${fault}`, subject] as const;
    }),
  );

/** Experiments about update rules, on surfaces and at given gradients. */
export const mutantsOfRules: readonly Mutants[] = [
  mutantsOf(blindfolded, inPlaceOf("rule", faults.descent), { starts: 512 }),
  mutantsOf(steepestDescent, {
    ...inPlaceOf("rule", faults.descent),
    "an angle off by 1 %": { angleAt: (x, y) => 1.01 * angleAt(x, y) },
  }),
  mutantsOf(learningRate, inPlaceOf("rule", faults.descent)),
  mutantsOf(momentumAddsUp, inPlaceOf("rule", faults.momentum)),
  mutantsOf(
    shallowMinimum,
    {
      "plain: a rate of 1.01·lr": { plain: faults.descent["a rate of 1.01·lr"] },
      "momentum: 0.99·g": { momentum: faults.momentum["0.99·g"] },
      "momentum: a damped gradient": { momentum: faults.momentum["a damped gradient"] },
      ...inPlaceOf("nesterov", faults.nesterov),
      "a friction without the root": { frictionOf: (beta, lr) => (1 - beta) * (2 / ((1 + beta) * lr)) },
      "a friction of (1 − β)/√lr": { frictionOf: (beta, lr) => (1 - beta) / Math.sqrt(lr) },
    },
    { rates: [0.01, 0.0025] },
  ),
  mutantsOf(momentumSaddle, {
    ...inPlaceOf("gradientDescent", faults.descent),
    ...inPlaceOf("momentum", faults.momentum),
    ...inPlaceOf("nesterov", faults.nesterov),
  }),
  mutantsOf(momentumForms, {
    ...inPlaceOf("plain", faults.momentum),
    "averaged: no factor": { averaged: momentum },
    "averaged: 0.99·g": { averaged: broken(momentumAveraged, "*g", "*0.99*g") },
    "inside: the rate outside": { inside: momentum },
  }),
  mutantsOf(nesterovForms, {
    ...inPlaceOf("momentum", faults.momentum),
    ...inPlaceOf("nesterov", faults.nesterov),
    "nesterovRewritten: g + v": { nesterovRewritten: broken(nesterovRewritten, "g + beta*v)", "g + v)") },
    "nesterovRewritten: momentum": { nesterovRewritten: momentum },
  }),
  mutantsOf(adagradByHand, {
    ...inPlaceOf("adagrad", faults.adagrad),
    ...inPlaceOf("rmsprop", faults.rmsprop),
    ...inPlaceOf("adadelta", faults.adadelta),
  }),
  mutantsOf(adagradStalls, {
    ...inPlaceOf("adagrad", faults.adagrad),
    ...inPlaceOf("rmsprop", faults.rmsprop),
    ...inPlaceOf("adadelta", faults.adadelta),
  }),
  mutantsOf(
    adamTerms,
    {
      "terms: never corrected": { optimizerOf: (way, lr) => optimizerOf(way, lr, false) },
      "terms: a rate of 1.01·lr": {
        optimizerOf: (way, lr = 1, corrected = true) => optimizerOf(way, 1.01 * lr, corrected),
      },
      "terms: no first moment": {
        optimizerOf: (way, lr, corrected) => optimizerOf(WAYS[way.second ? 2 : 0], lr, corrected),
      },
      "adam: t + 1 in the correction": { adam: faults.adam["t + 1 in the correction"] },
      "adamUncorrected: a correction": { adamUncorrected: adam },
    },
    { deviations: [0.1, 30] },
  ),
  mutantsOf(adamFirstSteps, {
    ...inPlaceOf("adam", faults.adam),
    ...inPlaceOf("adamUncorrected", faults.adamUncorrected),
  }),
];
