import type { Rule } from "../rule.ts";
import { extend } from "./extend.ts";

/** Weight decay as a term ½·l2·‖w‖² of the loss: l2·w is added to the gradient, so the rule scales it like the gradient. */
export const withL2 = (rule: Rule, l2 = 0.01): Rule =>
  extend(rule, { name: "l2", title: "L2 weight decay", hyper: { l2 }, before: "g = g + l2*w" });

/** Decoupled weight decay (Loshchilov & Hutter 2019): w shrinks by lr·weight_decay in each step. */
export const withWeightDecay = (rule: Rule, weight_decay = 0.01): Rule =>
  extend(rule, {
    name: "decay",
    title: "decoupled weight decay",
    hyper: { weight_decay },
    before: "w = w - lr*weight_decay*w",
  });
