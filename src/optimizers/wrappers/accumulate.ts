import { domains } from "../../arguments/index.ts";
import type { Rule } from "../rule.ts";
import { extend } from "./extend.ts";

/**
 * Takes one step of the rule for every `accumulate` gradients, with their mean: a batch that is `accumulate` times as
 * large in the memory of a small one. The rule's own t counts its steps, not the gradients; a schedule is asked for the
 * number of the gradient, so that it is spread over the batches of a run whatever `accumulate` is. The value at the last
 * gradient of a step is the one that the step uses.
 */
export const withAccumulation = (rule: Rule, accumulate = 4): Rule =>
  extend(rule, {
    name: "accumulate",
    title: "gradient accumulation",
    hyper: { accumulate },
    gradientsPerStep: "accumulate",
    domains: { accumulate: domains.count },
  });
