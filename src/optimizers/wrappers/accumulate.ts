import type { Rule } from "../rule.ts";
import { extend } from "./extend.ts";

/**
 * Takes one step of the rule for every `accumulate` gradients, with their mean: a batch that is `accumulate` times as
 * large in the memory of a small one. The rule's own t counts its steps, not the gradients.
 */
export const withAccumulation = (rule: Rule, accumulate = 4): Rule =>
  extend(rule, {
    name: "accumulate",
    title: "gradient accumulation",
    hyper: { accumulate },
    gradientsPerStep: "accumulate",
    domains: { accumulate: { allows: (k) => Number.isSafeInteger(k) && k > 0, words: "a whole number, 1 or more" } },
  });
