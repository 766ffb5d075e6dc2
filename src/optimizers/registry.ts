import { nearestNames, proposal, quote, unknownName } from "../arguments/index.ts";
import { remember } from "../expr/index.ts";
import type { Rule } from "./rule.ts";
import * as all from "./rules/index.ts";
import {
  withAccumulation,
  withAveraging,
  withL2,
  withNormClipping,
  withSlowWeights,
  withValueClipping,
  withWeightDecay,
} from "./wrappers/index.ts";

/** The lecture's rules, in its order. */
const lecture: readonly Rule[] = [
  all.gradientDescent,
  all.momentum,
  all.momentumAveraged,
  all.nesterov,
  all.nesterovRewritten,
  all.adagrad,
  all.rmsprop,
  all.rmspropCentered,
  all.rmspropMomentum,
  all.adadelta,
  all.adam,
  all.adamUncorrected,
  all.adamax,
  all.nadam,
  all.rprop,
];

/** All rules: the lecture's, then the others by name. */
export const rules: readonly Rule[] = [...lecture, ...Object.values(all).filter((rule) => !lecture.includes(rule))];

/** Other names that people type. */
const aliases: Readonly<Record<string, string>> = { sgd: "gradient-descent", gd: "gradient-descent", nag: "nesterov" };

/** All names by which a rule can be found. */
export const ruleNames: readonly string[] = [...rules.map(({ spec }) => spec.name), ...Object.keys(aliases)];

/** The wrappers, by the names that they add to a rule's; their settings become hyper-parameters of the wrapped rule. */
export const wrappers = {
  accumulate: (rule) => withAccumulation(rule),
  average: (rule) => withAveraging(rule),
  "clip-norm": (rule) => withNormClipping(rule),
  "clip-value": (rule) => withValueClipping(rule),
  decay: (rule) => withWeightDecay(rule),
  l2: (rule) => withL2(rule),
  lookahead: (rule) => withSlowWeights(rule),
} as const satisfies Readonly<Record<string, (rule: Rule) => Rule>>;

/** The names of the wrappers, as in `adam+lookahead`. */
export const wrapperNames: readonly string[] = Object.keys(wrappers);

/** A wrapper by its name, as in `adam+clip-norm`. */
export type WrapperName = keyof typeof wrappers;

/**
 * The rule with this name, in the wrappers named after it, as in `adam+clip-norm`. Throws a RangeError with the nearest name if
 * there is no such rule.
 */
export function findRule(name: string): Rule {
  const [own, ...around] = name.split("+").map((part) => part.trim());
  return around.reduce(wrapRule, named(own));
}

function named(name: string): Rule {
  const wanted = name.toLowerCase();
  const known = Object.hasOwn(aliases, wanted) ? aliases[wanted] : wanted;
  const found = rules.find(({ spec }) => spec.name === known);
  if (found === undefined)
    throw new RangeError(
      `optimizer ${quote(name)} is not known${proposal(nearestNames(name, ruleNames), "downhill optimizers lists all")}`,
    );
  return found;
}

const isWrapper = (name: string): name is WrapperName => Object.hasOwn(wrappers, name);

/** Whether a rule has the hyper-parameters of a wrapper, and so already has its lines. */
export const hasWrapper = (rule: Rule, name: string): boolean =>
  isWrapper(name) &&
  Object.keys(wrappers[name](all.gradientDescent).spec.hyper).every((each) => each === "lr" || each in rule.spec.hyper);

/** Wrapped rules, kept with the rule so that each is compiled only once. */
const made = new WeakMap<Rule, Map<WrapperName, Rule>>();

/** The rule in one more wrapper. Throws a RangeError for an unknown wrapper, and if the rule already has its settings. */
export function wrapRule(rule: Rule, name: string): Rule {
  if (!isWrapper(name)) throw new RangeError(unknownName("wrapper", name, Object.keys(wrappers)));
  const known = made.get(rule) ?? new Map<WrapperName, Rule>();
  made.set(rule, known);
  return remember(known, name, () => wrappers[name](rule));
}
