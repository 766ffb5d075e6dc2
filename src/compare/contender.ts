import { findRule, type RuleData, ruleOf } from "../optimizers/index.ts";

/** An update rule that takes part. With `lr` among its hyper-parameters, that rate is taken and none is searched for. */
export interface Contender extends RuleData {
  /** What it is called in tables and figures; no two may have the same. Default: the rule's name and what is set. */
  readonly label?: string;
}

/** Those of the lecture, in its order, and those that came after it: AdamW, RAdam and Lion. */
export const lecture: readonly Contender[] = [
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

/** What a contender is called in tables and figures. */
export function labelOf({ label, rule, text, hyper = {}, schedule }: Contender): string {
  if (label !== undefined) return label;
  const name = text === undefined ? findRule(rule).spec.name : rule;
  const set = Object.entries(hyper).map(([key, value]) => `${key}=${value}`);
  return [name, ...set, ...(schedule === undefined || schedule === "constant" ? [] : [schedule])].join(" ");
}

/** What trains at the rate that was found for a contender; without one, at its own. */
export const atRate = ({ label: _, ...data }: Contender, lr?: number): RuleData => ({
  ...data,
  ...(lr === undefined ? {} : { hyper: { ...data.hyper, lr } }),
});

/** Plain gradient descent among those who take part. */
export const plainOf = ({ optimizers }: { readonly optimizers: readonly Contender[] }): Contender | undefined =>
  optimizers.find(({ rule, text }) => text === undefined && findRule(rule).spec.name === "gradient-descent");

/** Whether there is a rate to be searched for. */
export const isTunable = (contender: Contender): boolean =>
  "lr" in ruleOf(contender).spec.hyper && contender.hyper?.lr === undefined;
