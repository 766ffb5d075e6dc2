import { cut, quote, someOf, unknownName } from "../../src/arguments/index.ts";
import { objectiveOf } from "../../src/objective/index.ts";
import { hyperElsewhere, type ParameterGroup, type RuleData, ruleHyper } from "../../src/optimizers/index.ts";
import { missing, type Solver } from "../../src/solvers/index.ts";
import type { StrdProblem, Surface } from "../../src/surfaces/index.ts";
import { methodFrom, nameOf, type OptimizerData } from "../../src/train/plain/index.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Settings } from "../settings.ts";
import { type Named, named, ruleFromFile } from "./optimizer-name.ts";

/** The one that train and minimize walk by: a rule or a solver by its name, or a rule from a file. */
export function chosenOptimizer(settings: Settings, usual: { optimizer: string; lr?: number }): OptimizerData {
  const file = settings.get(flags.rule);
  const name = settings.get(flags.optimizer);
  const one = file === undefined ? named(name ?? usual.optimizer) : ruleFromFile(file);
  if ("solver" in one.data) refuseRuleFlags(one, settings);
  const lr = settings.get(flags.lr) ?? (file === undefined && name === undefined ? usual.lr : undefined);
  const made = withSettings(one, [one], settings, lr);
  checkDecay([made], settings);
  return made;
}

/** Flags about the rate and the gradient of an update rule. */
const ofRules = [
  ...[flags.lr, flags.schedule, flags.weightDecay, flags.clipNorm, flags.clipValue],
  ...[flags.lrFactor, flags.decayFactor],
];

function refuseRuleFlags({ name, takes }: Named, settings: Settings): void {
  const [flag] = ofRules.filter((each) => settings.has(each));
  if (flag === undefined) return;
  const own = Object.keys(takes).join(", ");
  const words = own === "" ? "it has no settings" : `--set accepts ${own}`;
  throw new UsageError(`--${flag.name}: ${name} chooses its own step length and has no learning rate; ${words}`);
}

/** Those that take part in a comparison or a race, the usual ones where nobody is named; `lr` is the rate of all. */
export function chosenOptimizers(settings: Settings, usual: readonly string[], lr?: number): OptimizerData[] {
  const names = settings.all(flags.optimizers).flatMap((text) => text.split(",").map((name) => name.trim()));
  const files = settings.all(flags.rules).map(ruleFromFile);
  const all = [...(names.length > 0 || files.length > 0 ? names : usual).map(named), ...files];
  const made = all.map((one) => withSettings(one, all, settings, lr));
  checkDecay(made, settings);
  return made;
}

/** What stands behind a name with all that the settings make of it, after everything in it was looked at once. */
function withSettings(one: Named, all: readonly Named[], settings: Settings, lr: number | undefined): OptimizerData {
  const given = assignmentsTo(one, all, settings);
  const { data } = one;
  const made =
    "solver" in data
      ? { ...data, hyper: Object.fromEntries(given.map(({ name, value }) => [name, value])) }
      : ruleWith(data, one.takes, settings, { ...numbers(given), ...(lr === undefined ? {} : { lr }) });
  methodFrom(made);
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
  let { rule } = data;
  for (const { flag, wrapper, name } of around) {
    const value = settings.get(flag);
    if (value === undefined) continue;
    if (!(name in takes)) rule = `${rule}+${wrapper}`;
    hyper[name] = value;
  }
  const schedule = settings.get(flags.schedule);
  const made = { ...data, rule, hyper, ...(schedule === undefined ? {} : { schedule }) };
  const groups = groupsFor(made, settings);
  return groups.length === 0 ? made : { ...made, groups };
}

/** The strengths of weight decay among hyper-parameters. */
const DECAYS = ["weight_decay", "l2"];

const decaysOf = (data: RuleData): string[] => DECAYS.filter((name) => name in ruleHyper(data));

/** What is multiplied for some parameters; a rule without weight decay needs nothing for --decay-factor. */
function groupsFor(data: RuleData, settings: Settings): ParameterGroup[] {
  const rates = settings.all(flags.lrFactor).flat();
  const decays = settings.all(flags.decayFactor).flat();
  const names = decaysOf(data);
  const group = (parameters: string, hyper: readonly string[], factor: number): ParameterGroup => ({
    parameters,
    factors: Object.fromEntries(hyper.map((name) => [name, factor])),
  });
  return [
    ...rates.map(([parameters, factor]) => group(parameters, ["lr"], factor)),
    ...(names.length === 0 ? [] : decays.map(([parameters, factor]) => group(parameters, names, factor))),
  ];
}

function checkDecay(all: readonly OptimizerData[], settings: Settings): void {
  if (!settings.has(flags.decayFactor) || all.some((each) => "rule" in each && decaysOf(each).length > 0)) return;
  const names = someOf(all.map(nameOf));
  throw new UsageError(
    `--decay-factor: ${names} ${all.length === 1 ? "has" : "have"} no weight decay; give --weight-decay, or take adamw, which has one`,
  );
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
    throw new UsageError(
      `${place}${unknownName(meant.length === 1 ? `${whose}'s ${what}` : what, name, names, undefined, hyperElsewhere)}`,
    );
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

/** A solver says what it asks of a function; a formula that is no sum of squares has no residuals to tell. */
export function checkServes({ name, needsOneOf }: Solver, problem: Surface | StrdProblem): void {
  const objective = objectiveOf(problem);
  if (needsOneOf.length === 0 || needsOneOf.some((capability) => objective[capability] !== undefined)) return;
  throw new UsageError(
    `--optimizer ${name}: ${missing(objective, ...needsOneOf).message}; lbfgs and newton work on any formula`,
  );
}
