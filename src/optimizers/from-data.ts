import type { Hyper } from "./hyper.ts";
import type { Optimizer } from "./optimizer.ts";
import { findRule, hasWrapper, wrapRule } from "./registry.ts";
import type { Rule } from "./rule.ts";
import { checkRuleData, type RuleData } from "./rule-data.ts";
import { MANY, scheduleFrom } from "./schedule-text.ts";
import { parseRule } from "./written.ts";

/**
 * The rule itself, in its wrappers; a text may have their lines already. Throws a RangeError for a name, and a SyntaxError for
 * a text, that is none.
 */
export function ruleOf({ rule, text }: Pick<RuleData, "rule" | "text">): Rule {
  if (text === undefined) return findRule(rule);
  const [own, ...around] = rule.split("+");
  const isWhole = around.every((name) => hasWrapper(parseRule(text, rule), name));
  return isWhole ? parseRule(text, rule) : around.reduce(wrapRule, parseRule(text, own));
}

/** Every hyper-parameter's value; a scheduled rate's is the one that its schedule starts from. */
export const ruleHyper = (data: RuleData): Record<string, number> => ({ ...ruleOf(data).spec.hyper, ...data.hyper });

/**
 * The optimizer for a run of so many steps, over which the schedule is spread. Without their number the data are looked at
 * as for very many. Throws a TypeError for
 * what is no such data, and a RangeError for what is not allowed.
 */
export function optimizerFromData(data: RuleData, steps = MANY): Optimizer {
  checkRuleData(data);
  const rule = ruleOf(data);
  const { schedule = "constant" } = data;
  if (schedule === "constant") return rule(data.hyper);
  const { lr } = ruleHyper(data);
  if (lr === undefined) throw new RangeError(`schedule: ${rule.spec.name} has no lr that could follow it`);
  const hyper: Hyper = { ...data.hyper, lr: scheduleFrom(schedule, { lr, steps: Math.max(1, steps) }) };
  return rule(hyper);
}
