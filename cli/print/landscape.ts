import type { LossSlice, SliceTrust } from "../../src/landscape/index.ts";
import {
  centreWords,
  examplesWords,
  format,
  type MeasureLine,
  rangeWords,
  several,
  trustLines,
  verdictLines,
} from "../../src/report/index.ts";

/** What a slice shows, in a few lines. */
export function sliceLines(slice: LossSlice): string[] {
  const { x, y, directions } = slice;
  const size = y.length === 1 ? several(x.length, "point") : `${x.length} × ${y.length} points`;
  return [
    centreWords(slice),
    rangeWords(slice),
    `${size} on ${examplesWords(slice)}`,
    ...directions.map(({ label, length }, i) => `${"xy"[i]}: ${label}; ${format.coordinate(length)} long`),
  ];
}

/** What a slice shows in numbers, what each means, and what it can be trusted for. */
export const measureLines = (trust: SliceTrust): string[] => [
  ...trustLines(trust).map(lineWords),
  ...verdictLines(trust),
];

/** A measure, its value, and what it means. */
export const lineWords = ({ label, value, sentence = "" }: MeasureLine): string =>
  `${label}: ${value}. ${sentence}`.trimEnd();
