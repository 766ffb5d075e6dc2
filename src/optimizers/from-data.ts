import type { Hyper } from "./hyper.ts";
import type { Optimizer } from "./optimizer.ts";
import { findRule, hasWrapper, wrapRule } from "./registry.ts";
import type { Rule } from "./rule.ts";
import { checkRuleData, type RuleData } from "./rule-data.ts";
import { parseRule } from "./rule-text.ts";
import { MANY, scheduleFrom } from "./schedule-text.ts";

/**
 * The rule with its wrappers, whose lines a text may already have. Throws a RangeError for an unknown name, and a SyntaxError for
 * a text that is not a rule.
 */
export function ruleOf({ rule, text }: Pick<RuleData, "rule" | "text">): Rule {
  if (text === undefined) return findRule(rule);
  const [own, ...around] = rule.split("+");
  const isWhole = around.every((name) => hasWrapper(parseRule(text, rule), name));
  return isWhole ? parseRule(text, rule) : around.reduce(wrapRule, parseRule(text, own));
}

/** The values of all hyper-parameters; for a scheduled learning rate, the rate that the schedule is based on. */
export const ruleHyper = (data: RuleData): Record<string, number> => ({ ...ruleOf(data).spec.hyper, ...data.hyper });

/**
 * The optimizer for a run of this many steps, over which the schedule is spread; without `steps` the data are checked as for a very
 * long run. Throws a TypeError for data of another form, and a RangeError for a value that is not allowed.
 */
export function optimizerFromData(data: RuleData, steps = MANY): Optimizer {
  checkRuleData(data);
  const { groups = [] } = data;
  const optimizer = wholeFromData(data, steps);
  return groups.length === 0 ? optimizer : optimizer.grouped(groups);
}

/** The same without groups. */
function wholeFromData(data: RuleData, steps: number): Optimizer {
  const rule = ruleOf(data);
  const { schedule = "constant" } = data;
  if (schedule === "constant") return rule(data.hyper);
  const { lr } = ruleHyper(data);
  if (lr === undefined) throw new RangeError(`schedule: ${rule.spec.name} has no lr to apply it to`);
  const hyper: Hyper = { ...data.hyper, lr: scheduleFrom(schedule, { lr, steps: Math.max(1, steps) }) };
  return rule(hyper);
}
