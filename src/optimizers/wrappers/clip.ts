import { domains } from "../../arguments/index.ts";
import type { Rule } from "../rule.ts";
import { extend } from "./extend.ts";

/** Clips each component of the gradient to ±clip_value, 1 by default. */
export const withValueClipping = (rule: Rule, clip_value = 1): Rule =>
  extend(rule, {
    name: "clip-value",
    title: "clipping by value",
    hyper: { clip_value },
    domains: { clip_value: domains.positive },
    before: "g = max(-clip_value, min(clip_value, g))",
  });

/**
 * Scales the gradient of all parameters down to the norm clip_norm, 1 by default, if it is longer (Pascanu, Mikolov &
 * Bengio 2013, algorithm 1).
 */
export const withNormClipping = (rule: Rule, clip_norm = 1): Rule =>
  extend(rule, {
    name: "clip-norm",
    title: "clipping by global norm",
    hyper: { clip_norm },
    domains: { clip_norm: domains.positive },
    before: "g = g * min(1, clip_norm / g_norm)",
  });
