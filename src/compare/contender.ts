import { findRule, type RuleData, ruleOf } from "../optimizers/index.ts";

/** An update rule in a comparison. If its hyper-parameters have `lr`, its learning rate is not tuned. */
export interface Contender extends RuleData {
  /** Its name in tables and figures; labels must be distinct. Default: the rule's name and the hyper-parameters that are given. */
  readonly label?: string;
}

/** The lecture's optimizers, in its order, and three newer ones: AdamW, RAdam and Lion. */
export const defaultContenders: readonly Contender[] = [
  "gradient-descent",
  "momentum",
  "nesterov",
  "adagrad",
  "rmsprop",
  "adadelta",
  "adam",
  "adamax",
  "nadam",
  "adamw",
  "radam",
  "lion",
].map((rule) => ({ rule }));

/** The name of a contender in tables and figures. Throws a RangeError for an unknown rule. */
export function labelOf({ label, rule, text, hyper = {}, schedule }: Contender): string {
  if (label !== undefined) return label;
  const name = text === undefined ? findRule(rule).spec.name : rule;
  const set = Object.entries(hyper).map(([key, value]) => `${key}=${value}`);
  return [name, ...set, ...(schedule === undefined || schedule === "constant" ? [] : [schedule])].join(" ");
}

/** A contender's rule at the learning rate that tuning found; without `lr`, at its own. */
export const atRate = ({ label: _, ...data }: Contender, lr?: number): RuleData => ({
  ...data,
  ...(lr === undefined ? {} : { hyper: { ...data.hyper, lr } }),
});

/** Plain gradient descent, if it is among the contenders; else undefined. */
export const plainGradientDescent = ({
  optimizers,
}: {
  readonly optimizers: readonly Contender[];
}): Contender | undefined =>
  optimizers.find(({ rule, text }) => text === undefined && findRule(rule).spec.name === "gradient-descent");

/** Whether a contender has a learning rate to tune: its rule has one, and none was given. */
export const isTunable = (contender: Contender): boolean =>
  "lr" in ruleOf(contender).spec.hyper && contender.hyper?.lr === undefined;
