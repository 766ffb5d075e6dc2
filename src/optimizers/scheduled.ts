import type { Schedule } from "./hyper.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Rule } from "./rule.ts";
import { scheduleFrom } from "./schedule-text.ts";

/** What is set of a rule, as plain data. */
export interface RuleSettings {
  readonly hyper?: Readonly<Record<string, number>> | undefined;
  /** The text of a schedule for the rate, such as `cosine:warmup=100`. Default: the rate stays. */
  readonly schedule?: string | undefined;
}

/**
 * The optimizer of a rule for a run of so many steps, over which the schedule is spread, from the rate that is set, or the
 * rule's own. A rule without a rate has no schedule. Throws a RangeError for what is not allowed.
 */
export function scheduled(rule: Rule, { hyper = {}, schedule = "constant" }: RuleSettings, steps: number): Optimizer {
  const lr = hyper.lr ?? rule.spec.hyper.lr;
  const values: Record<string, number | Schedule> = { ...hyper };
  if (schedule !== "constant" && lr !== undefined)
    values.lr = scheduleFrom(schedule, { lr, steps: Math.max(1, steps) });
  return rule(values);
}
