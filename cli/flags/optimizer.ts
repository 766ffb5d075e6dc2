import { type Flag, type Kind, type Names, notNegative, number, positive, text, wordOr } from "./flag.ts";

/** Which update rule or solver, and its settings. */

/** The names of all update rules and solvers. */
export const optimizerNames: Names = async () => {
  const [{ ruleNames }, { solverNames }] = await Promise.all([
    import("../../src/optimizers/index.ts"),
    import("../../src/solvers/index.ts"),
  ]);
  return [...ruleNames, ...solverNames];
};

/** Update rules in a wrapper: `adam+clip-norm`. */
const wrapped: Names = async () => {
  const { ruleNames, wrapperNames } = await import("../../src/optimizers/index.ts");
  return ruleNames.flatMap((rule) => wrapperNames.map((wrapper) => `${rule}+${wrapper}`));
};

/** All names of hyper-parameters and of solvers' settings, ready for a value: `beta1=`. */
const hyperNames: Names = async () => {
  const [{ rules }, { solvers }] = await Promise.all([
    import("../../src/optimizers/index.ts"),
    import("../../src/solvers/index.ts"),
  ]);
  const all = [...rules.map(({ spec }) => spec.hyper), ...solvers.map(({ spec }) => spec.settings)];
  return [...new Set(all.flatMap((names) => Object.keys(names)))].map((name) => `${name}=`);
};

/** Schedules with one of their settings, ready for a value: `cosine:warmup=`. */
const settingsOfSchedules: Names = async () => {
  const { scheduleNames, scheduleSettings } = await import("../../src/optimizers/index.ts");
  return scheduleNames.flatMap((name) => scheduleSettings(name).map((setting) => `${name}:${setting}=`));
};

export const optimizer: Flag<string> = {
  name: "optimizer",
  value: "<name>",
  group: "Optimizer",
  kind: text,
  suggests: { names: optimizerNames, longer: wrapped },
  help: "the update rule or solver to use; downhill optimizers lists them",
};
export const rule: Flag<string> = {
  name: "rule",
  value: "<file>",
  group: "Optimizer",
  kind: text,
  suggests: { paths: "files" },
  help: "use the update rule in this text file: see downhill optimizers --help",
  insteadOf: "optimizer",
};
export const optimizers: Flag<string> = {
  ...optimizer,
  repeats: true,
  suggests: { names: optimizerNames, longer: wrapped, list: true },
  help: "optimizers to compare, separated by commas; may be repeated",
};
export const rules: Flag<string> = {
  name: "rule",
  value: "<file>",
  group: "Optimizer",
  kind: text,
  suggests: { paths: "files" },
  repeats: true,
  help: "add the update rule in this text file: see downhill optimizers --help; may be repeated",
};
export const lr: Flag<number> = {
  name: "lr",
  value: "<rate>",
  group: "Optimizer",
  kind: notNegative,
  help: "learning rate (default: the optimizer's own)",
};
export const tunedLr: Flag<"tuned" | number> = {
  ...lr,
  kind: wordOr("tuned", notNegative),
  suggests: { names: async () => ["tuned"] },
  help: "one learning rate for all optimizers, or tuned to search for the best one for each",
};
export const set: Flag<Assignment> = {
  name: "set",
  value: "<name=value>",
  group: "Optimizer",
  repeats: true,
  kind: {
    allowed: "a name with a number, or with a word where a solver has words to choose from, such as beta1=0.8",
    read: readAssignment,
  },
  suggests: { names: hyperNames },
  help: "set another hyper-parameter of the optimizer, such as beta1=0.8; may be repeated",
};
export const schedule: Flag<string> = {
  name: "schedule",
  value: "<name>",
  group: "Optimizer",
  kind: text,
  suggests: {
    names: async () => (await import("../../src/optimizers/index.ts")).scheduleNames,
    longer: settingsOfSchedules,
  },
  help:
    "change the learning rate from step to step by this schedule: {names}; settings follow a colon, such as " +
    "cosine:warmup=5%,end=1% (warm up over 5% of the run, end at 1% of the learning rate); 'then' joins two: " +
    '"constant:steps=100 then cosine"',
};
export const weightDecay: Flag<number> = {
  name: "weight-decay",
  value: "<rate>",
  group: "Optimizer",
  kind: notNegative,
  help: "shrink the weights at each step by the learning rate times this, separately from the gradient (AdamW)",
};
/** Factors by the names of layers and parameters. */
export type Factors = readonly (readonly [name: string, factor: number])[];

const factors = (example: string): Kind<Factors> => ({
  allowed: `layers or parameters with factors of 0 or more, separated by commas, such as ${example}`,
  read: readFactors,
});

export const lrFactor: Flag<Factors> = {
  name: "lr-factor",
  value: "<layer=factor>",
  group: "Optimizer",
  repeats: true,
  kind: factors("layer1=0.1,layer2=0.5"),
  help: "multiply the learning rate of a layer or a parameter, such as layer1=0.1,layer2_bias=2",
};
export const decayFactor: Flag<Factors> = {
  name: "decay-factor",
  value: "<layer=factor>",
  group: "Optimizer",
  repeats: true,
  kind: factors("biases=0"),
  suggests: { names: async () => ["biases=0"] },
  help:
    "multiply the weight decay of a layer or a parameter; biases=0 leaves out all biases, and the scales and offsets of " +
    "normalisation",
};
export const clipNorm: Flag<number> = {
  name: "clip-norm",
  value: "<length>",
  group: "Optimizer",
  kind: positive,
  help: "scale each gradient that is longer than this down to this length",
};
export const clipValue: Flag<number> = {
  name: "clip-value",
  value: "<size>",
  group: "Optimizer",
  kind: positive,
  help: "limit each component of the gradient to the range from −size to size",
};

/** One --set. */
export interface Assignment {
  /** As it was typed. */
  readonly text: string;
  /** The optimizer that it is for, if given: `adam.beta1=0.8`. */
  readonly optimizer?: string;
  readonly name: string;
  readonly value: number | string;
}

/** `name=factor,name=factor`. */
function readFactors(given: string): Factors | undefined {
  const parts = given.split(",").map((part) => {
    const [, name, text = ""] = /^\s*([^\s=]+)\s*=(.*)$/.exec(part) ?? [];
    const factor = notNegative.read(text);
    return name === undefined || factor === undefined ? undefined : ([name, factor] as const);
  });
  const factors = parts.filter((part) => part !== undefined);
  return factors.length === parts.length ? factors : undefined;
}

/** `name=number` or `name=word`. */
function readAssignment(given: string): Assignment | undefined {
  const [, optimizer, name, text] = /^\s*(?:([\w+-]+)\.)?([\p{L}_][\p{L}\p{N}_]*)\s*=\s*(\S+)\s*$/u.exec(given) ?? [];
  if (name === undefined || text === undefined) return undefined;
  const value = number("", () => true).read(text) ?? (/^\p{L}[\p{L}\p{N}_-]*$/u.test(text) ? text : undefined);
  if (value === undefined) return undefined;
  return { text: given, name, value, ...(optimizer === undefined ? {} : { optimizer }) };
}
