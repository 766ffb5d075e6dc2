import { domains } from "../../arguments/index.ts";
import type { Rule } from "../rule.ts";
import { extend } from "./extend.ts";

/**
 * Takes one step of the rule for every `accumulate` gradients, with their mean: a batch `accumulate` times as large, in the memory
 * of a small one. The rule's own t counts its steps, not gradients; a schedule counts gradients, so that it covers the batches of
 * a run for any `accumulate`. A step uses the schedule's value at its last gradient.
 */
export const withAccumulation = (rule: Rule, accumulate = 4): Rule =>
  extend(rule, {
    name: "accumulate",
    title: "gradient accumulation",
    hyper: { accumulate },
    gradientsPerStep: "accumulate",
    domains: { accumulate: domains.count },
  });
