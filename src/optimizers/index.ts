/**
 * Update rules, from gradient descent to Lion; wrappers that add clipping, weight decay, accumulation or averaging to
 * a rule; schedules; and the state of an optimizer, which can be saved. `rule` makes your own from its formula.
 *
 * @module
 */

export { optimizerFromData, ruleHyper, ruleOf } from "./from-data.ts";
export type { ParameterGroup } from "./groups.ts";
export type { Hyper, Schedule, ScheduleState, WatchingSchedule } from "./hyper.ts";
export { hyperElsewhere, valueAt, watches } from "./hyper.ts";
export type { DeviceStep, Optimizer, Step, StepProgram, Stepper } from "./optimizer.ts";
export { writePyTorch } from "./pytorch.ts";
export { findRule, ruleNames, rules, type WrapperName, wrapperNames, wrapRule } from "./registry.ts";
export { type Rule, rule } from "./rule.ts";
export { checkRuleData, plainForm, type RuleData } from "./rule-data.ts";
export { ruleFormulas } from "./rule-formulas.ts";
export type { RuleSpec } from "./rule-spec.ts";
export { parseRule, updateLines, writeRule } from "./rule-text.ts";
export * from "./rules/index.ts";
export { checkTunable, scheduleFrom, scheduleNames, scheduleSettings } from "./schedule-text.ts";
/**
 * Schedules of hyper-parameters: functions of the step t, counted from 1. Each takes one object, checks it at once (a
 * RangeError says what is allowed), and may be used for any hyper-parameter; `lr` is the highest value.
 */
export * as schedules from "./schedules.ts";
export { loadState, type State, saveState } from "./state.ts";
export { slotStarts } from "./update.ts";
export type { Watch } from "./watch.ts";
export * from "./wrappers/index.ts";
