import { type Mark, rule, text } from "../../src/figure/index.ts";
import { ranges } from "./ranges.ts";

/** Training at the edge of stability. */

/** A line at the edge, and its name above the left end: at the right the curves lie on it. */
export const edgeMarks = (edge: number, words: string): Mark[] => [
  rule({ y: edge }),
  text({ at: [0, edge], text: words, anchor: "start", shift: [4, -8] }),
];

/** What was measured of a run, and the steps taken before each time. */
interface Measurements {
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** The ranges of several runs, as far as all were measured: one that diverged has fewer measurements. */
export function rangesByStep(label: string, runs: readonly Measurements[]): Mark[] {
  const [{ at }] = runs.toSorted((a, b) => a.at.length - b.at.length);
  return ranges(label, at, (k) => runs.map(({ values }) => values[k]));
}
