import { output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { surfaceNames } from "../flags/walk.ts";
import type { Command } from "./command.ts";

export const surfaces: Command = {
  name: "surfaces",
  summary: "list the surfaces and NIST's regressions, or show one",
  about:
    "For one surface, Newton's method searches for critical points from many starts, and the Hessian tells minima, maxima and saddles apart.",
  words: [["[surface]", "a name, or a formula in x, y, …", { names: surfaceNames }]],
  flags: [flags.within, flags.json, ...output],
  examples: [
    ["downhill surfaces", "the list of all surfaces"],
    ["downhill surfaces himmelblau", "its four minima, its maximum and the saddles between them"],
    ["downhill surfaces 'x^3 - 3*x + y^2' --within -2,2", "a surface of your own"],
    ["downhill surfaces thurber", "a regression: its model, starts and certified parameters"],
  ],
  load: () => import("./surfaces-work.ts"),
};
