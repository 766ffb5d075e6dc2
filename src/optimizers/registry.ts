import { unknownName } from "../expr/nearest.ts";
import type { Rule } from "./rule.ts";
import { adabelief } from "./rules/adabelief.ts";
import { adadelta } from "./rules/adadelta.ts";
import { adagrad } from "./rules/adagrad.ts";
import { adam } from "./rules/adam.ts";
import { adamUncorrected } from "./rules/adam-uncorrected.ts";
import { adamax } from "./rules/adamax.ts";
import { adamw } from "./rules/adamw.ts";
import { amsgrad } from "./rules/amsgrad.ts";
import { gradientDescent } from "./rules/gradient-descent.ts";
import { lamb } from "./rules/lamb.ts";
import { lion } from "./rules/lion.ts";
import { momentum } from "./rules/momentum.ts";
import { momentumAveraged } from "./rules/momentum-averaged.ts";
import { nadam } from "./rules/nadam.ts";
import { nesterov } from "./rules/nesterov.ts";
import { nesterovRewritten } from "./rules/nesterov-rewritten.ts";
import { radam } from "./rules/radam.ts";
import { rmsprop } from "./rules/rmsprop.ts";
import { rmspropCentered } from "./rules/rmsprop-centered.ts";
import { rmspropMomentum } from "./rules/rmsprop-momentum.ts";
import { rprop } from "./rules/rprop.ts";
import { yogi } from "./rules/yogi.ts";
import {
  withAccumulation,
  withAveraging,
  withL2,
  withNormClipping,
  withSlowWeights,
  withValueClipping,
  withWeightDecay,
} from "./wrappers/index.ts";

/** Every rule, in the order of the lecture; the rest follow by year. */
export const rules: readonly Rule[] = [
  gradientDescent,
  momentum,
  momentumAveraged,
  nesterov,
  nesterovRewritten,
  adagrad,
  rmsprop,
  rmspropCentered,
  rmspropMomentum,
  adadelta,
  adam,
  adamUncorrected,
  adamax,
  nadam,
  rprop,
  amsgrad,
  yogi,
  adamw,
  radam,
  lamb,
  adabelief,
  lion,
];

/** Other names that people type. */
const aliases: Readonly<Record<string, string>> = { sgd: "gradient-descent", gd: "gradient-descent", nag: "nesterov" };

/** Every name that a rule is found by. */
export const ruleNames: readonly string[] = [...rules.map(({ spec }) => spec.name), ...Object.keys(aliases)];

/** What a rule may be wrapped in, by the names that wrapped rules bear; their settings are hyper-parameters of the wrapped rule. */
export const wrappers = {
  accumulate: (rule) => withAccumulation(rule),
  average: (rule) => withAveraging(rule),
  "clip-norm": (rule) => withNormClipping(rule),
  "clip-value": (rule) => withValueClipping(rule),
  decay: (rule) => withWeightDecay(rule),
  l2: (rule) => withL2(rule),
  lookahead: (rule) => withSlowWeights(rule),
} as const satisfies Readonly<Record<string, (rule: Rule) => Rule>>;

export type WrapperName = keyof typeof wrappers;

/**
 * The rule with this name, in the wrappers whose names stand behind it, as in `adam+clip-norm`. Throws a RangeError with the
 * nearest name where there is none.
 */
export function findRule(name: string): Rule {
  const [own, ...around] = name.split("+").map((part) => part.trim());
  return around.reduce(wrapRule, named(own));
}

function named(name: string): Rule {
  const wanted = name.toLowerCase();
  const known = Object.hasOwn(aliases, wanted) ? aliases[wanted] : wanted;
  const found = rules.find(({ spec }) => spec.name === known);
  if (found === undefined) throw new RangeError(unknownName("optimizer", name, ruleNames, "downhill optimizers"));
  return found;
}

const isWrapper = (name: string): name is WrapperName => Object.hasOwn(wrappers, name);

/** Kept with the rule, as what is compiled for it is. */
const made = new WeakMap<Rule, Map<WrapperName, Rule>>();

/** The rule in one wrapper more. Throws a RangeError for a name that no wrapper has, and where the rule has such a setting already. */
export function wrapRule(rule: Rule, name: string): Rule {
  if (!isWrapper(name)) throw new RangeError(unknownName("wrapper", name, Object.keys(wrappers)));
  const known = made.get(rule) ?? new Map<WrapperName, Rule>();
  made.set(rule, known);
  const found = known.get(name) ?? wrappers[name](rule);
  known.set(name, found);
  return found;
}
