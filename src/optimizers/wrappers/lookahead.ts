import { domains } from "../../arguments/index.ts";
import type { Rule } from "../rule.ts";
import { extend } from "./extend.ts";

/**
 * Lookahead (Zhang, Lucas, Ba & Hinton 2019, algorithm 1): every `every` steps (default 5) slow weights move the
 * fraction `pull` (default 0.5) of the way to w, and w goes on from them.
 */
export const withSlowWeights = (rule: Rule, { every = 5, pull = 0.5 }: { every?: number; pull?: number } = {}): Rule =>
  extend(rule, {
    name: "lookahead",
    title: "slow weights",
    hyper: { slow_every: every, slow_pull: pull },
    domains: { slow_every: domains.count, slow_pull: domains.part },
    slots: { w_slow: "w" },
    after: `
      due = t - slow_every*floor(t/slow_every) == 0
      w_slow = where(due, w_slow + slow_pull*(w - w_slow), w_slow)
      w = where(due, w_slow, w)
    `,
  });
