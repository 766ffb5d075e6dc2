import { output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { optimizerNames } from "../flags/optimizer.ts";
import type { Command } from "./command.ts";

const ruleFiles = `
A rule of your own, for --rule, is a text file:
  hyper lr = 0.01            a hyper-parameter and its default
  slot m                     kept for each weight, from 0; slot m = w starts elsewhere
  scalar p = 1               one number kept for the whole rule
  lookahead = w - lr*m       where the gradient is taken, if it is not w
  gradients_per_step = k     a hyper-parameter: so many gradients make one step
  m = 0.9*m + 0.1*g          then the update, line by line; # begins a comment
  w = w - lr*m
Given are w, the gradient g, the step t from 1 and g_norm, the length of g; there are + - * / ^,
comparisons, where(c, a, b), min, max, abs, sign, sqrt, exp, log, tanh, norm and more.
All of it: docs/rule-files.md, or write out a rule with --rule-file and change it.`;

export const optimizers: Command = {
  name: "optimizers",
  summary: "list the optimizers, or show one: formula, defaults, source",
  about: ruleFiles,
  words: [["[name]", "the rule or solver to show", { names: optimizerNames }]],
  flags: [flags.rule, flags.tex, flags.pytorch, flags.ruleFile, flags.json, ...output],
  examples: [
    ["downhill optimizers", "the list of all update rules and solvers"],
    ["downhill optimizers adam", "Adam's formula, defaults and source"],
    ["downhill optimizers lbfgs", "a solver: its settings, and what it needs"],
    ["downhill optimizers adam --pytorch > adam.py", "the same rule for PyTorch"],
    ["downhill optimizers adam --rule-file > my-rule.txt", "Adam, to be changed: downhill train --rule my-rule.txt"],
  ],
  load: () => import("./optimizers-work.ts"),
};
