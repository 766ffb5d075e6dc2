import type { LossSlice, SliceMeasures, Spread } from "../../src/landscape/index.ts";
import { centreWords, examplesWords, format, rangeWords, several } from "../../src/report/index.ts";

/** What a slice shows in numbers, and how they differ along other random directions. */
export interface SliceTrust {
  readonly slice: SliceMeasures;
  readonly pairs?: { readonly count: number; readonly spread: readonly Spread[] };
}

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

/** What a slice shows in numbers, and how far it can be trusted. */
export function trustLines({ slice, pairs }: SliceTrust): string[] {
  const { level, basin, barrier, barrierAlong, nonConvex, minima } = slice;
  const way = barrierAlong === "between" ? "barrier between the nets" : "barrier on the way out";
  return [
    `below a loss of ${format.loss(level)}, that of guessing: ${format.percent(basin)} of the window`,
    ...(barrier === null ? [] : [`${way}: ${format.loss(barrier)}`]),
    ...(nonConvex === null
      ? []
      : [`not convex: ${format.percent(nonConvex)} of the window; strict local minima: ${format.count(minima)}`]),
    ...(pairs === undefined ? [] : spreadLines(pairs)),
  ];
}

function spreadLines({ count, spread }: NonNullable<SliceTrust["pairs"]>): string[] {
  const told = spread.flatMap((each) => {
    const word = words[each.measure];
    return word === undefined ? [] : [word(each)];
  });
  return told.length === 0 ? [] : [`along ${count} pairs of directions: ${told.join("; ")}`];
}

const percents = ({ least, most }: Spread): string => format.percentRange([least, most]);
const words: { readonly [measure in Spread["measure"]]?: (spread: Spread) => string } = {
  basin: (spread) => `basin ${percents(spread)}`,
  barrier: ({ least, most }) => `barrier ${format.loss(least)}–${format.loss(most)}`,
  nonConvex: (spread) => `not convex ${percents(spread)}`,
};
