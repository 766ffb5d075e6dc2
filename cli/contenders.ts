import type { Contender } from "../src/compare/index.ts";
import { checkTunable, type Rule, writeRule } from "../src/optimizers/index.ts";
import { asUsage, UsageError } from "./failure.ts";
import * as flags from "./flags/index.ts";
import { checked, ruleFromFile, ruleNamed, solverNamed, withChanges } from "./optimizer.ts";
import type { Settings } from "./settings.ts";

/** Those that take part in a comparison, as plain data; the usual ones where nobody is named. */
export function contenders(settings: Settings, usual: readonly Contender[]): Contender[] {
  const names = settings.all(flags.optimizers).flatMap((text) => text.split(",").map((name) => name.trim()));
  const files = settings.all(flags.rules);
  const own = files.map(ruleFromFile);
  const listed = names.length > 0 || files.length > 0 ? names : usual.map(({ rule }) => rule);
  const rules = [...listed.map(contenderNamed), ...own];
  const lr = settings.get(flags.tunedLr);
  const schedule = settings.get(flags.schedule);
  if (schedule !== undefined && lr === "tuned" && settings.get(flags.trials) !== 0)
    asUsage(() => checkTunable(schedule));
  return rules.map((rule) => {
    const choice = checked(withChanges(rule, settings, rules), lr === "tuned" ? undefined : lr);
    const { spec } = choice.rule;
    // A rule that is not the registry's own is told by its text.
    const text = own.includes(rule) || choice.rule !== rule ? writeRule(spec) : undefined;
    return { label: spec.name, rule: spec.name, text, hyper: choice.hyper, schedule: choice.schedule };
  });
}

/** A rule that can take part. Solvers have no place where all get the same mini-batches and as many trials of a rate. */
function contenderNamed(name: string): Rule {
  if (solverNamed(name) === undefined) return ruleNamed(name);
  throw new UsageError(
    `--optimizer ${name}: a solver takes all examples in each step, and has no rate to search for; ` +
      `compare is for update rules on mini-batches; see downhill train --optimizer ${name}`,
  );
}
