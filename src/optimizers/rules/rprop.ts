import { domains } from "../../arguments/index.ts";
import { listed } from "../rule.ts";

/**
 * Rprop (Riedmiller & Braun 1993): each weight has its own step length, which grows while the gradient keeps its sign and
 * shrinks when it flips; the gradient's size does not matter. It is meant for full batches.
 */
export const rprop = listed({
  name: "rprop",
  title: "Rprop",
  source: "Riedmiller & Braun 1993; without backtracking: Igel & Hüsken 2000, iRprop⁻",
  notes: [
    "lr is the length of the first step",
    "meant for full batches: mini-batch noise flips signs",
    "it multiplies signs and not gradients, because the product of tiny gradients underflows",
  ],
  hyper: { lr: 0.01, grow: 1.2, shrink: 0.5, step_min: 1e-6, step_max: 50 },
  domains: {
    grow: { allows: (x) => x > 1 && Number.isFinite(x), words: "a number above 1" },
    step_min: domains.notNegative,
    step_max: domains.positive,
    shrink: { allows: (x) => x > 0 && x < 1, words: "a number between 0 and 1" },
  },
  slots: { step: "lr", g_before: 0 },
  update: `
    agree = sign(g)*sign(g_before)
    step = where(agree > 0, min(step*grow, step_max), where(agree < 0, max(step*shrink, step_min), step))
    g = where(agree < 0, 0, g)
    w = w - sign(g)*step
    g_before = g
  `,
});
