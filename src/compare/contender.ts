import { findRule, type Optimizer, parseRule, type Rule, scheduled } from "../optimizers/index.ts";

/** An optimizer that takes part, as plain data. */
export interface Contender {
  /** What it is called in tables and figures; no two may have the same. Default: the rule's name and what is set. */
  readonly label?: string;
  /** A rule of the registry; with `text`, the name of a rule of one's own. */
  readonly rule: string;
  /** The text of a rule of one's own. */
  readonly text?: string;
  /** Hyper-parameters other than the defaults. With `lr` among them, the rate is taken as it is and not searched for. */
  readonly hyper?: Readonly<Record<string, number>>;
  /** How the rate changes over the run's steps, as text: `cosine:warmup=100`. Default: not at all. */
  readonly schedule?: string;
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

export const ruleOf = ({ rule, text }: Contender): Rule =>
  text === undefined ? findRule(rule) : parseRule(text, rule);

export function labelOf({ label, rule, text, hyper = {}, schedule }: Contender): string {
  if (label !== undefined) return label;
  const name = text === undefined ? findRule(rule).spec.name : rule;
  const set = Object.entries(hyper).map(([key, value]) => `${key}=${value}`);
  return [name, ...set, ...(schedule === undefined || schedule === "constant" ? [] : [schedule])].join(" ");
}

/** The optimizer, ready for a run of `steps` steps; `lr` is the rate that was found for it. */
export function optimizerFor(contender: Contender, { steps, lr }: { steps: number; lr?: number }): Optimizer {
  const hyper = { ...contender.hyper, ...(lr === undefined ? {} : { lr }) };
  return scheduled(ruleOf(contender), { hyper, schedule: contender.schedule }, steps);
}

/** Plain gradient descent among those who take part. */
export const plainOf = ({ optimizers }: { readonly optimizers: readonly Contender[] }): Contender | undefined =>
  optimizers.find(({ rule, text }) => text === undefined && findRule(rule).spec.name === "gradient-descent");

/** Every hyper-parameter's value; a scheduled rate's is the one that the schedule starts from. */
export const hyperOf = (contender: Contender, lr?: number): Record<string, number> => ({
  ...ruleOf(contender).spec.hyper,
  ...contender.hyper,
  ...(lr === undefined ? {} : { lr }),
});

/** Whether there is a rate to be searched for. */
export const isTunable = (contender: Contender): boolean =>
  "lr" in ruleOf(contender).spec.hyper && contender.hyper?.lr === undefined;
