import { basename, extname } from "node:path";
import { nearestNames, proposal, unknownName } from "../src/expr/nearest.ts";
import { cut, quote } from "../src/expr/quote.ts";
import { readText } from "../src/files/node/index.ts";
import {
  findRule,
  parseRule,
  type Rule,
  ruleNames,
  rules,
  scheduled,
  scheduleNames,
  withNormClipping,
  withValueClipping,
  withWeightDecay,
} from "../src/optimizers/index.ts";
import { findSolver, type NamedSolver, solverNames } from "../src/solvers/index.ts";
import { asUsage, Failure, UsageError } from "./failure.ts";
import * as flags from "./flags/index.ts";
import type { Settings } from "./settings.ts";
import { valueMeant } from "./synonyms.ts";

/** An update rule and what is set of it. */
export interface Choice {
  readonly rule: Rule;
  readonly hyper: Readonly<Record<string, number>>;
  /** The text of a schedule for the rate. */
  readonly schedule?: string;
}

/** The rule with this name. Where there is none, the one of all rules and solvers that is probably meant is told. */
export function ruleNamed(name: string): Rule {
  const rule = found(findRule, name);
  if (rule === undefined) throw new UsageError(unknownOptimizer(name));
  return rule;
}

/** All names are too many for a line. */
function unknownOptimizer(name: string): string {
  const meant = valueMeant("optimizer", name);
  const proposed = meant === undefined ? nearestNames(name, [...ruleNames, ...solverNames]) : [meant];
  return `optimizer ${quote(name)} is not known${proposal(proposed, `downhill optimizers lists all ${rules.length + solverNames.length}`)}`;
}

/** The solver with this name, if there is one. */
export const solverNamed = (name: string): NamedSolver | undefined => found(findSolver, name);

function found<T>(find: (name: string) => T, name: string): T | undefined {
  try {
    return find(name);
  } catch {
    return undefined;
  }
}

/** How many steps the run has is not known yet: a schedule is looked at as if they were many. */
const LONG = 1e9;

/** The choice with its rate, after everything in it was looked at once. */
export function checked(choice: Choice, lr: number | undefined): Choice {
  const made = lr === undefined ? choice : { ...choice, hyper: { ...choice.hyper, lr } };
  const { name, hyper } = made.rule.spec;
  if (made.schedule !== undefined && hyper.lr === undefined)
    throw new UsageError(`--schedule: ${name} has no lr that could follow it`);
  checkSchedule(made.schedule);
  asUsage(() => scheduled(made.rule, made, LONG));
  return made;
}

/** Other libraries' names for schedules; all else that is wrong with one the library tells. */
function checkSchedule(schedule: string | undefined): void {
  const [name = ""] = schedule?.split(":") ?? [];
  const meant = scheduleNames.includes(name) ? undefined : valueMeant("schedule", name);
  if (meant !== undefined)
    throw new UsageError(`schedule ${JSON.stringify(name)} is not known; did you mean ${meant}?`);
}

/** A rule with what --set, --weight-decay and the --clip flags make of it. */
export function withChanges(rule: Rule, settings: Settings, all: readonly Rule[]): Choice {
  const [decay, norm, value] = [flags.weightDecay, flags.clipNorm, flags.clipValue].map((flag) => settings.get(flag));
  const ownDecay = decay !== undefined && "weight_decay" in rule.spec.hyper;
  const made = asUsage(() => {
    const decayed = decay === undefined || ownDecay ? rule : withWeightDecay(rule, decay);
    const clipped = norm === undefined ? decayed : withNormClipping(decayed, norm);
    return value === undefined ? clipped : withValueClipping(clipped, value);
  });
  const hyper = { ...assignments(rule, settings, all), ...(ownDecay ? { weight_decay: decay } : {}) };
  return { rule: made, hyper, schedule: settings.get(flags.schedule) };
}

/** What --set says of a rule. A name that no rule has is an error; one that only others have is theirs. */
function assignments(rule: Rule, settings: Settings, all: readonly Rule[]): Record<string, number> {
  const hyper: Record<string, number> = {};
  for (const text of settings.all(flags.set)) {
    const { optimizer, name = "", value = 0 } = flags.readAssignment(text) ?? {};
    const meant = optimizer === undefined ? all : all.filter(({ spec }) => spec.name === optimizer);
    if (meant.length === 0)
      throw new UsageError(
        `--set ${cut(text)}: ${unknownName(
          "optimizer",
          optimizer ?? "",
          all.map(({ spec }) => spec.name),
        )}`,
      );
    const names = [...new Set(meant.flatMap(({ spec }) => Object.keys(spec.hyper)))];
    if (!names.includes(name)) {
      const whose = meant.length === 1 ? `${meant[0].spec.name}'s ` : "";
      throw new UsageError(`--set ${cut(text)}: ${unknownName(`${whose}hyper-parameter`, name, names)}`);
    }
    if (typeof value === "string")
      throw new UsageError(`--set ${cut(text)}: ${name} is ${quote(value)}; it must be a number`);
    if (meant.includes(rule) && name in rule.spec.hyper) hyper[name] = value;
  }
  return hyper;
}

/** Bytes of a rule file; its text has a limit of its own, in letters. */
const LARGEST = 2 ** 20;

/** A rule of the user's own, named as its file is. */
export function ruleFromFile(file: string): Rule {
  const name = basename(file, extname(file)).replace(/[^\p{L}\p{N}_-]+/gu, "-");
  try {
    return parseRule(readText(file, LARGEST), name);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError)
      throw new Failure(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}
