import type { Figure } from "../../../src/figure/index.ts";
import { accuracy } from "./accuracy.ts";
import { batches } from "./batches.ts";
import { bealeContours } from "./beale.ts";
import { comparison } from "./comparison.ts";
import { sensitivity } from "./sensitivity.ts";
import { temperatures } from "./temperatures.ts";

/** Figures as the project draws them: the goldens of all renderers, and what is looked at by eye. */
export const examples: Readonly<Record<string, () => Figure>> = {
  accuracy,
  batches,
  beale: bealeContours,
  comparison,
  sensitivity,
  temperatures,
};
