import { changes, output, settings } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { surfaceFiles, usualSteps } from "../flags/walk.ts";
import type { Command } from "./command.ts";

/** The usual optimizer has a rate of its own here. */
const lr = { ...flags.lr, help: "learning rate (default: the optimizer's own; 0.1 without --optimizer and --rule)" };

export const minimize: Command = {
  name: "minimize",
  summary: "walk down a surface and look at the path",
  about:
    "The optimizer is an update rule, or a solver such as lbfgs or newton. The surface may also be one of NIST's nonlinear " +
    "regressions, such as thurber, or a .dat file in their format: levenberg-marquardt then fits the parameters, and they are " +
    "compared with those that NIST certifies. downhill surfaces lists all names.",
  words: [
    [
      "<surface>",
      "a name, such as beale, rosenbrock or thurber; a formula in x, y, …; or a file, FILE.dat",
      surfaceFiles,
    ],
  ],
  flags: [
    ...[flags.optimizer, flags.rule, lr, ...changes],
    ...[flags.start, flags.steps, flags.noise, flags.noiseSeed],
    ...[flags.figureFile, flags.out, flags.noOut, flags.json, flags.jsonl, ...output],
    ...settings,
  ],
  otherwise: {
    optimizer: "adam with a learning rate of 0.1; levenberg-marquardt for a regression",
    steps: usualSteps,
    out: "no run folder is written",
  },
  examples: [
    ["downhill minimize beale", "Adam in Beale's valley"],
    ["downhill minimize rosenbrock --optimizer momentum --lr 0.001 --steps 2000", "a curved valley"],
    ["downhill minimize rosenbrock --optimizer lbfgs", "the same valley, with a second-order solver"],
    ["downhill minimize 'x^2 + 3*sin(y)' --start 2,1 --optimizer sgd --lr 0.1", "a surface of your own"],
    [
      "downhill minimize saddle --optimizer momentum --lr 0.01 --noise 0.1 --figure walk.svg",
      "noisy gradients, with a figure",
    ],
    ["downhill minimize misra1a --start start2", "one of NIST's regressions, from its second start"],
  ],
  load: () => import("./minimize-work.ts"),
};
