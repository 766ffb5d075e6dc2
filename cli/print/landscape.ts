import type { LossSlice } from "../../src/landscape/index.ts";
import {
  centreWords,
  examplesWords,
  format,
  type MeasureLine,
  rangeWords,
  several,
  trustLines,
} from "../../src/report/index.ts";
import type { Judged } from "./landscape-result.ts";

/** What stands beside a slice in a figure, and what it can be trusted for. */
export const besideLines = (slice: Judged): string[] => [
  `beside it: ${centreWords(slice)}, on ${examplesWords(slice)}`,
  ...slice.verdict,
];

/** What a slice shows, in a few lines. */
export function sliceLines(slice: LossSlice): string[] {
  const { x, y, directions } = slice;
  const size = y.length === 1 ? several(x.length, "point") : `${x.length} × ${y.length} points`;
  return [
    centreWords(slice),
    rangeWords(slice),
    `${size} on ${examplesWords(slice)}`,
    ...directions.map(({ label, length, eigenvalue }, i) => {
      const value = eigenvalue === undefined ? "" : `, eigenvalue ${format.loss(eigenvalue)}`;
      return `${"xy"[i]}: ${label}; 1 on the axis is a distance of ${format.loss(length)}${value}`;
    }),
  ];
}

/** What a slice shows in numbers, what each means, and what it can be trusted for. */
export const measureLines = ({ measures, verdict }: Judged): string[] => [
  ...trustLines(measures).map(lineWords),
  ...verdict,
];

/** A measure, its value, and what it means. */
export const lineWords = ({ label, value, sentence = "" }: MeasureLine): string =>
  `${label}: ${value}. ${sentence}`.trimEnd();
