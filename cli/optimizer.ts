import { basename, extname } from "node:path";
import { nearestNames, proposal, unknownName } from "../src/expr/nearest.ts";
import { cut, quote } from "../src/expr/quote.ts";
import { readText } from "../src/files/node/index.ts";
import { objectiveOf } from "../src/objective/index.ts";
import {
  findRule,
  parseRule,
  type Rule,
  type RuleData,
  ruleNames,
  ruleOf,
  rules,
  scheduleNames,
  wrapRule,
  writeRule,
} from "../src/optimizers/index.ts";
import { findSolver, type NamedSolver, type Solver, solverNames } from "../src/solvers/index.ts";
import { missing } from "../src/solvers/run/evaluator.ts";
import type { StrdProblem, Surface } from "../src/surfaces/index.ts";
import { methodFrom, type OptimizerData } from "../src/train/plain/index.ts";
import { asUsage, Failure, UsageError } from "./failure.ts";
import * as flags from "./flags/index.ts";
import type { Settings } from "./settings.ts";
import { valueMeant } from "./synonyms.ts";

/** What a name or a file stands for, before anything is set of it. */
interface Named {
  readonly data: OptimizerData;
  readonly name: string;
  /** Hyper-parameters, or settings of a solver, with their defaults. */
  readonly takes: Readonly<Record<string, number | string>>;
}

/** The one that train and minimize walk by: a rule or a solver by its name, or a rule from a file. */
export function chosenOptimizer(settings: Settings, usual: { optimizer: string; lr?: number }): OptimizerData {
  const file = settings.get(flags.rule);
  const name = settings.get(flags.optimizer);
  const one = file === undefined ? named(name ?? usual.optimizer) : ruleFromFile(file);
  if ("solver" in one.data) refuseRuleFlags(one, settings);
  const lr = settings.get(flags.lr) ?? (file === undefined && name === undefined ? usual.lr : undefined);
  return withSettings(one, [one], settings, lr);
}

/** Flags about the rate and the gradient of an update rule. */
const ofRules = [flags.lr, flags.schedule, flags.weightDecay, flags.clipNorm, flags.clipValue];

function refuseRuleFlags({ name, takes }: Named, settings: Settings): void {
  const [flag] = ofRules.filter((each) => settings.has(each));
  if (flag === undefined) return;
  const own = Object.keys(takes).join(", ");
  const words = own === "" ? "it has no settings" : `what can be set of it, with --set: ${own}`;
  throw new UsageError(`--${flag.name}: ${name} finds each step itself; ${words}`);
}

/** Those that take part in a comparison or a race, the usual ones where nobody is named; `lr` is the rate of all. */
export function chosenOptimizers(settings: Settings, usual: readonly string[], lr?: number): OptimizerData[] {
  const names = settings.all(flags.optimizers).flatMap((text) => text.split(",").map((name) => name.trim()));
  const files = settings.all(flags.rules).map(ruleFromFile);
  const all = [...(names.length > 0 || files.length > 0 ? names : usual).map(named), ...files];
  return all.map((one) => withSettings(one, all, settings, lr));
}

/** What stands behind a name with all that the settings make of it, after everything in it was looked at once. */
function withSettings(one: Named, all: readonly Named[], settings: Settings, lr: number | undefined): OptimizerData {
  const given = assignmentsTo(one, all, settings);
  const { data } = one;
  const made =
    "solver" in data
      ? { ...data, hyper: Object.fromEntries(given.map(({ name, value }) => [name, value])) }
      : ruleWith(data, one.takes, settings, { ...numbers(given), ...(lr === undefined ? {} : { lr }) });
  asUsage(() => methodFrom(made));
  return made;
}

/** Wrappers that flags put around a rule, unless it has what they set as a hyper-parameter of its own. */
const around = [
  { flag: flags.weightDecay, wrapper: "decay", name: "weight_decay" },
  { flag: flags.clipNorm, wrapper: "clip-norm", name: "clip_norm" },
  { flag: flags.clipValue, wrapper: "clip-value", name: "clip_value" },
] as const;

function ruleWith(
  data: RuleData,
  takes: Named["takes"],
  settings: Settings,
  given: Readonly<Record<string, number>>,
): RuleData {
  const hyper = { ...given };
  let rule = ruleOf(data);
  for (const { flag, wrapper, name } of around) {
    const value = settings.get(flag);
    if (value === undefined) continue;
    if (!(name in takes)) rule = wrapRule(rule, wrapper);
    hyper[name] = value;
  }
  const schedule = settings.get(flags.schedule);
  checkSchedule(schedule);
  const { name } = rule.spec;
  // A rule that is not the library's own is told by its text.
  const text = data.text === undefined ? {} : { text: name === data.rule ? data.text : writeRule(rule.spec) };
  return { rule: name, ...text, hyper, ...(schedule === undefined ? {} : { schedule }) };
}

/** Other libraries' names for schedules; all else that is wrong with one the library tells. */
function checkSchedule(schedule: string | undefined): void {
  const [name = ""] = schedule?.split(":") ?? [];
  const meant = scheduleNames.includes(name) ? undefined : valueMeant("schedule", name);
  if (meant !== undefined)
    throw new UsageError(`schedule ${JSON.stringify(name)} is not known; did you mean ${meant}?`);
}

/** What --set says of one. A name that nobody has is an error; one that only others have is theirs. */
function assignmentsTo(one: Named, all: readonly Named[], settings: Settings): flags.Assignment[] {
  return settings.all(flags.set).filter(({ text, optimizer, name }) => {
    const meant = optimizer === undefined ? all : all.filter((each) => each.name === optimizer);
    const place = `--set ${cut(text)}: `;
    if (meant.length === 0) {
      const names = all.map((each) => each.name);
      throw new UsageError(`${place}${unknownName("optimizer", optimizer ?? "", names)}`);
    }
    const names = [...new Set(meant.flatMap(({ takes }) => Object.keys(takes)))];
    if (names.includes(name)) return meant.includes(one) && name in one.takes;
    const [{ name: whose, data }] = meant;
    const what = "solver" in data ? "setting" : "hyper-parameter";
    throw new UsageError(`${place}${unknownName(meant.length === 1 ? `${whose}'s ${what}` : what, name, names)}`);
  });
}

function numbers(given: readonly flags.Assignment[]): Record<string, number> {
  const hyper: Record<string, number> = {};
  for (const { text, name, value } of given) {
    if (typeof value === "string")
      throw new UsageError(`--set ${cut(text)}: ${name} is ${quote(value)}; it must be a number`);
    hyper[name] = value;
  }
  return hyper;
}

/** The rule or solver with this name. Where there is none, the one that is probably meant is told. */
function named(name: string): Named {
  const rule = found(findRule, name);
  if (rule !== undefined) return { data: { rule: rule.spec.name }, name: rule.spec.name, takes: rule.spec.hyper };
  const solver = found(findSolver, name);
  if (solver === undefined) throw new UsageError(unknownOptimizer(name));
  return { data: { solver: solver.spec.name }, name: solver.spec.name, takes: solver.spec.settings };
}

function found<T>(find: (name: string) => T, name: string): T | undefined {
  try {
    return find(name);
  } catch {
    return undefined;
  }
}

/** The rule with this name, and no solver. */
export function ruleNamed(name: string): Rule {
  const rule = found(findRule, name);
  if (rule === undefined) throw new UsageError(unknownOptimizer(name));
  return rule;
}

/** The solver with this name, if there is one. */
export const solverNamed = (name: string): NamedSolver | undefined => found(findSolver, name);

/** All names are too many for a line. */
function unknownOptimizer(name: string): string {
  if (name.includes("+")) asUsage(() => findRule(name));
  const meant = valueMeant("optimizer", name);
  const proposed = meant === undefined ? nearestNames(name, [...ruleNames, ...solverNames]) : [meant];
  return `optimizer ${quote(name)} is not known${proposal(proposed, `downhill optimizers lists all ${rules.length + solverNames.length}`)}`;
}

/** Bytes of a rule file; its text has a limit of its own, in letters. */
const LARGEST = 2 ** 20;

/** A rule of the user's own, named as its file is. */
export function ruleFromFile(file: string): Named & { readonly data: RuleData } {
  const name = basename(file, extname(file)).replace(/[^\p{L}\p{N}_-]+/gu, "-");
  const text = readText(file, LARGEST);
  try {
    return { data: { rule: name, text }, name, takes: parseRule(text, name).spec.hyper };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError)
      throw new Failure(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** A solver says what it asks of a function; a formula that is no sum of squares has no residuals to tell. */
export function checkServes({ name, needsOneOf }: Solver, ground: Surface | StrdProblem): void {
  const objective = objectiveOf(ground);
  if (needsOneOf.length === 0 || needsOneOf.some((capability) => objective[capability] !== undefined)) return;
  throw new UsageError(
    `--optimizer ${name}: ${missing(objective, ...needsOneOf).message}; lbfgs and newton walk on any formula`,
  );
}
