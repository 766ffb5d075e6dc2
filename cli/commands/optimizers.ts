import { output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { optimizerNames } from "../flags/optimizer.ts";
import { packageFile } from "../version.ts";
import type { Command } from "./command.ts";

const ruleFiles = `
To use a rule of your own, write it into a text file and pass the file with --rule:
  hyper lr = 0.01            a hyper-parameter and its default
  slot m                     a value kept for each weight, from 0; slot m = w starts at w
  scalar p = 1               one number kept for the whole rule
  lookahead = w - lr*m       the point at which the gradient is taken, if it is not w
  gradients_per_step = k     each step uses the mean of k gradients; k is a hyper-parameter
  m = 0.9*m + 0.1*g          the update, line by line; # begins a comment
  w = w - lr*m
A rule can use the weights w, the gradient g, the step t from 1, g_norm (the length of g),
+ - * / ^, comparisons, where(c, a, b), min, max, abs, sign, sqrt, exp, log, tanh, norm and more.
Or print a rule with --rule-file, and change it. The full description of rule files:
  ${packageFile("docs/rule-files.md")}`;

export const optimizers: Command = {
  name: "optimizers",
  summary: "list the optimizers, or show one: formula, defaults, source",
  about: ruleFiles,
  words: [["[name]", "the rule or solver to show", { names: optimizerNames }]],
  flags: [flags.rule, flags.tex, flags.pytorch, flags.ruleFile, flags.json, ...output],
  examples: [
    ["downhill optimizers", "the list of all update rules and solvers"],
    ["downhill optimizers adam", "Adam's formula, defaults and source"],
    ["downhill optimizers lbfgs", "a solver, with its settings and what it needs"],
    ["downhill optimizers adam --pytorch > adam.py", "the same rule for PyTorch"],
    [
      "downhill optimizers adam --rule-file > my-rule.txt",
      "Adam as a file to change, then: downhill train --rule my-rule.txt",
    ],
  ],
  load: () => import("./optimizers-work.ts"),
};
