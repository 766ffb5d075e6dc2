import { basename, extname } from "node:path";
import { nearestNames, proposal, quote } from "../../src/arguments/index.ts";
import { readText } from "../../src/files/node/index.ts";
import { findRule, parseRule, type Rule, type RuleData, ruleNames, rules } from "../../src/optimizers/index.ts";
import { findSolver, type NamedSolver, solverNames, solvers } from "../../src/solvers/index.ts";
import type { OptimizerData } from "../../src/train/plain/index.ts";
import { Failure, UsageError } from "../mistakes/failure.ts";
import { valueMeant } from "../mistakes/synonyms.ts";

/** What a name or a file stands for, before anything is set of it. */
export interface Named {
  readonly data: OptimizerData;
  readonly name: string;
  /** Hyper-parameters, or settings of a solver, with their defaults. */
  readonly takes: Readonly<Record<string, number | string>>;
}

/** The rule or solver with this name. Where there is none, the one that is probably meant is told. */
export function named(name: string): Named {
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
  const [own, ...around] = name.split("+");
  if (around.length > 0 && solverNamed(own) !== undefined)
    return `optimizer ${quote(name)} is not known: ${own} is a solver, and +${around.join("+")} goes around update rules, such as adam`;
  if (around.length > 0) findRule(name);
  const meant = valueMeant("optimizer", name);
  const proposed = meant === undefined ? nearestNames(name, [...ruleNames, ...solverNames]) : [meant];
  return `optimizer ${quote(name)} is not known${proposal(proposed, `downhill optimizers lists all ${rules.length + solvers.length}`)}`;
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
