import { WALK_STEPS } from "../../src/train/defaults/index.ts";
import { changes, output, settings } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { surfaceNames } from "../flags/walk.ts";
import type { Command } from "./command.ts";

export const race: Command = {
  name: "race",
  summary: "walk down a surface with several optimizers, side by side",
  about:
    "All update rules and solvers start at the same point. Unless you give --lr, each rule tries sixteen learning rates and uses " +
    "the one with the lowest mean value over the second half of its walk.",
  words: [
    [
      "<surface>",
      "a name, such as beale or saddle, a regression with two parameters, such as misra1a, or a formula in x and y",
      { names: surfaceNames },
    ],
  ],
  flags: [
    ...[flags.optimizers, flags.rules, flags.tunedLr, ...changes],
    ...[flags.pointStart, flags.steps],
    ...[flags.figureFile, flags.json, ...output],
    ...settings,
  ],
  defaults: { lr: "tuned", steps: `${WALK_STEPS}` },
  otherwise: { optimizer: "seven, from gradient-descent to adam" },
  examples: [
    ["downhill race beale", "seven optimizers, each at the best learning rate that a search finds"],
    ["downhill race rosenbrock --optimizer adam,momentum,lbfgs --figure race.gif", "three optimizers, as an animation"],
    ["downhill race 'x^2 + 20*y^2' --start 4,1 --lr 0.01", "a surface of your own, with one learning rate for all"],
  ],
  load: () => import("./race-work.ts"),
};
