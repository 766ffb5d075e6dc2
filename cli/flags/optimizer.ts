import { type Flag, notNegative, number, positive, text, wordOr } from "../flag.ts";

/** Which update rule or solver, and what is set of it. */

export const optimizer: Flag<string> = {
  name: "optimizer",
  value: "<name>",
  group: "Optimizer",
  kind: text,
  help: "its name: see downhill optimizers",
};
export const walkOptimizer: Flag<string> = {
  ...optimizer,
  help: `${optimizer.help} (default: adam, with a rate of 0.1; for a file levenberg-marquardt)`,
};
export const rule: Flag<string> = {
  name: "rule",
  value: "<file>",
  group: "Optimizer",
  kind: text,
  help: "an update rule of your own, in a text file",
  insteadOf: "optimizer",
};
export const optimizers: Flag<string> = {
  ...optimizer,
  repeats: true,
  help: "take part: a list with commas, or repeated (default: those of the lecture)",
};
export const rules: Flag<string> = {
  name: "rule",
  value: "<file>",
  group: "Optimizer",
  kind: text,
  repeats: true,
  help: "a rule of your own takes part; may be repeated",
};
export const lr: Flag<number> = {
  name: "lr",
  value: "<rate>",
  group: "Optimizer",
  kind: notNegative,
  help: "the learning rate (default: the rule's own)",
};
export const tunedLr: Flag<"tuned" | number> = {
  ...lr,
  kind: wordOr("tuned", notNegative),
  help: "one rate for all, or tuned: searched for, for each",
};
export const set: Flag<string> = {
  name: "set",
  value: "<name=value>",
  group: "Optimizer",
  repeats: true,
  kind: {
    allowed: "a name with a number, or with a word where a solver has words to choose from, such as beta1=0.8",
    read: (given) => (readAssignment(given) ? given : undefined),
  },
  help: "another hyper-parameter or setting, such as beta1=0.8; may be repeated",
};
const scheduleNames = "cosine, one-cycle, step, exponential, polynomial, 1/t, 1/sqrt(t), plateau or constant";
export const schedule: Flag<string> = {
  name: "schedule",
  value: "<name>",
  group: "Optimizer",
  kind: text,
  help: `how the rate changes: ${scheduleNames}, with settings such as cosine:warmup=100`,
};
export const weightDecay: Flag<number> = {
  name: "weight-decay",
  value: "<rate>",
  group: "Optimizer",
  kind: notNegative,
  help: "decoupled from the gradient, as in AdamW",
};
export const clipNorm: Flag<number> = {
  name: "clip-norm",
  value: "<length>",
  group: "Optimizer",
  kind: positive,
  help: "shorten gradients that are longer",
};
export const clipValue: Flag<number> = {
  name: "clip-value",
  value: "<size>",
  group: "Optimizer",
  kind: positive,
  help: "keep each component of the gradient within ± size",
};

/** What --set says. */
export interface Assignment {
  /** The optimizer that it is for, where that is said: `adam.beta1=0.8`. */
  readonly optimizer?: string;
  readonly name: string;
  readonly value: number | string;
}

/** `name=number` or `name=word`. */
export function readAssignment(given: string): Assignment | undefined {
  const [, optimizer, name, text] = /^\s*(?:([\w-]+)\.)?([\p{L}_][\p{L}\p{N}_]*)\s*=\s*(\S+)\s*$/u.exec(given) ?? [];
  if (name === undefined || text === undefined) return undefined;
  const value = number("", () => true).read(text) ?? (/^\p{L}[\p{L}\p{N}_-]*$/u.test(text) ? text : undefined);
  if (value === undefined) return undefined;
  return optimizer === undefined ? { name, value } : { optimizer, name, value };
}
