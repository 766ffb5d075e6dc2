import { unknownName } from "../src/expr/nearest.ts";
import { cut } from "../src/expr/quote.ts";
import { type Optimizer, scheduled } from "../src/optimizers/index.ts";
import { type NamedSolver, objectiveOf, type Solver } from "../src/solvers/index.ts";
import { missing } from "../src/solvers/run/evaluator.ts";
import type { StrdProblem, Surface } from "../src/surfaces/index.ts";
import { asUsage, UsageError } from "./failure.ts";
import * as flags from "./flags/index.ts";
import { checked, ruleFromFile, ruleNamed, solverNamed, withChanges } from "./optimizer.ts";
import type { Settings } from "./settings.ts";

/** What train and minimize walk by: an update rule or a solver, with all that is set of it. */
export type Method = ByRule | BySolver;

interface Named {
  readonly name: string;
  /** Every hyper-parameter or setting, with its value. */
  readonly hyper: Readonly<Record<string, number | string>>;
  /** The text of a schedule for the rate. */
  readonly schedule?: string;
}

export interface ByRule extends Named {
  readonly solver?: undefined;
  /** The optimizer for a run of so many steps. */
  optimizer(steps: number): Optimizer;
}

export interface BySolver extends Named {
  readonly solver: Solver;
}

/** The method that the settings ask for: a rule or a solver by its name, or a rule from a file. */
export function chosenMethod(settings: Settings, usual: { optimizer: string; lr?: number }): Method {
  const file = settings.get(flags.rule);
  const name = settings.get(flags.optimizer);
  const solver = file === undefined ? solverNamed(name ?? usual.optimizer) : undefined;
  if (solver !== undefined) return bySolver(solver, settings);
  const rule = file === undefined ? ruleNamed(name ?? usual.optimizer) : ruleFromFile(file);
  const lr = settings.get(flags.lr) ?? (file === undefined && name === undefined ? usual.lr : undefined);
  const choice = checked(withChanges(rule, settings, [rule]), lr);
  const { spec } = choice.rule;
  return {
    name: spec.name,
    hyper: { ...spec.hyper, ...choice.hyper },
    ...(choice.schedule === undefined ? {} : { schedule: choice.schedule }),
    optimizer: (steps) => scheduled(choice.rule, choice, steps),
  };
}

/** Flags about the rate and the gradient of an update rule. */
const ofRules = [flags.lr, flags.schedule, flags.weightDecay, flags.clipNorm, flags.clipValue];

function bySolver(make: NamedSolver, settings: Settings): BySolver {
  const { name, settings: defaults } = make.spec;
  const [flag] = ofRules.filter((each) => settings.has(each));
  if (flag !== undefined) {
    const own = Object.keys(defaults).join(", ");
    const takes = own === "" ? "it has no settings" : `what can be set of it, with --set: ${own}`;
    throw new UsageError(`--${flag.name}: ${name} finds each step itself; ${takes}`);
  }
  const given = assignmentsTo(name, settings);
  return { name, hyper: { ...defaults, ...given }, solver: asUsage(() => make(given)) };
}

/** What --set says of a solver. */
function assignmentsTo(solver: string, settings: Settings): Record<string, number | string> {
  const given: Record<string, number | string> = {};
  for (const text of settings.all(flags.set)) {
    const { optimizer = solver, name = "", value = 0 } = flags.readAssignment(text) ?? {};
    if (optimizer !== solver)
      throw new UsageError(`--set ${cut(text)}: ${unknownName("optimizer", optimizer, [solver])}`);
    given[name] = value;
  }
  return given;
}

/** A solver says what it asks of a function; a formula that is no sum of squares has no residuals to tell. */
export function checkServes({ name, needsOneOf }: Solver, ground: Surface | StrdProblem): void {
  const objective = objectiveOf(ground);
  if (needsOneOf.length === 0 || needsOneOf.some((capability) => objective[capability] !== undefined)) return;
  throw new UsageError(
    `--optimizer ${name}: ${missing(objective, ...needsOneOf).message}; lbfgs and newton walk on any formula`,
  );
}
