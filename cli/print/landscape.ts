import type { LossSlice, PlaneNet } from "../../src/landscape/index.ts";
import {
  centreWords,
  differenceWords,
  examplesWords,
  format,
  type MeasureLine,
  measuredWords,
  rangeWords,
  several,
  trustLines,
} from "../../src/report/index.ts";
import type { Judged } from "./landscape-result.ts";

/** What stands beside a slice in a figure, in what it is unlike that one, and what it can be trusted for. */
export const besideLines = (slice: Judged, first: LossSlice): string[] => [
  `beside it: ${centreWords(slice)}, on ${examplesWords(slice)}`,
  ...differenceWords(slice, first),
  ...slice.verdict,
];

/** What a slice shows and what it can be trusted for, in a few lines. */
export function sliceLines(slice: Judged): string[] {
  const { x, y, directions, nets, verdict } = slice;
  const size = y.length === 1 ? several(x.length, "point") : `${x.length} × ${y.length} points`;
  return [
    ...(nets?.map((net) => netWords(slice, net)) ?? [centreWords(slice)]),
    rangeWords(slice),
    ...verdict,
    `${size} on ${examplesWords(slice)}`,
    ...directions.map(({ label, length, eigenvalue }, i) => {
      const value = eigenvalue === undefined ? "" : `, eigenvalue ${format.loss(eigenvalue)}`;
      return `${"xy"[i]}: ${label}; 1 on the axis is a distance of ${format.loss(length)}${value}`;
    }),
  ];
}

/** "resnet-56: loss 0.0123, accuracy 99.6 % at x = 1: runs/one" */
function netWords({ title, y: rows }: LossSlice, { name, x, y, measured }: PlaneNet): string {
  const place =
    rows.length === 1 ? `x = ${format.coordinate(x)}` : `(${format.coordinate(x)}, ${format.coordinate(y)})`;
  return `${title}: ${measured === undefined ? "" : `${measuredWords(measured)} `}at ${place}: ${name}`;
}

/** What a slice shows in numbers, and what each means. */
export const measureLines = ({ measures }: Judged): string[] => trustLines(measures).map(lineWords);

/** A measure, its value, and what it means. */
export const lineWords = ({ label, value, sentence = "" }: MeasureLine): string =>
  `${label}: ${value}. ${sentence}`.trimEnd();
