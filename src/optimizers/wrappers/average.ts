import { domains } from "../../arguments/index.ts";
import type { Rule } from "../rule.ts";
import { extend } from "./extend.ts";

/**
 * Keeps an exponentially weighted average of the weights, corrected for its start at 0 as Adam's moments are
 * (Polyak & Juditsky 1992; Kingma & Ba 2015, section 7.2). The optimizer's `average` reads it; before the
 * first step it is w. A model's state, such as running means, is not averaged: it stays that of w.
 */
export const withAveraging = (rule: Rule, average_decay = 0.999): Rule =>
  extend(rule, {
    name: "average",
    title: "averaged weights",
    hyper: { average_decay },
    domains: { average_decay: domains.fraction },
    slots: { w_average: "0" },
    after: "w_average = average_decay*w_average + (1 - average_decay)*w",
    average: "where(t > 0, w_average / (1 - average_decay^t), w)",
  });
