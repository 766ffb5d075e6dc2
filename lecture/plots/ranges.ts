import { band, line, type Mark } from "../../src/figure/index.ts";
import { mean } from "../samples.ts";

/** Runs that differ in nothing but their seed: their mean as a line, from the lowest to the highest a band. */
export const ranges = (label: string, x: readonly number[], runsAt: (i: number) => readonly number[]): Mark[] => [
  band({
    x,
    lo: x.map((_, i) => Math.min(...runsAt(i))),
    hi: x.map((_, i) => Math.max(...runsAt(i))),
    label,
  }),
  line({ x, y: x.map((_, i) => mean(runsAt(i))), label, weight: "bold" }),
];
