import type { LossSlice } from "../../landscape/index.ts";
import * as format from "../format.ts";
import { examplesWords } from "./slice-words.ts";

/** In what a slice is unlike the one beside which it is shown, but for its net; none where both were measured alike. */
export function differenceWords(slice: LossSlice, first: LossSlice): string[] {
  const differences = [
    ...differing([slice, first].map(windowWords), (own, other) => `it covers ${own}, not ${other}`),
    ...differing([slice, first].map(examplesWords), (own, other) => `it was measured on ${own}, not on ${other}`),
    ...differing([slice, first].map(kindWords), (own, other) => `its directions are of the kind ${own}, not ${other}`),
  ];
  return differences.length === 0
    ? []
    : [`It is not measured like the slice beside which it is shown: ${differences.join("; ")}.`];
}

const differing = ([own, other]: readonly string[], words: (own: string, other: string) => string): string[] =>
  own === other ? [] : [words(own, other)];

/** "x from −1 to 1, y from −1 to 1" */
const windowWords = ({ x, y }: LossSlice): string =>
  Object.entries({ x, ...(y.length > 1 && { y }) })
    .map(([name, axis]) => `${name} from ${format.coordinate(axis[0])} to ${format.coordinate(axis[axis.length - 1])}`)
    .join(" and ");

/** "filter", "gradient and filter" */
const kindWords = ({ directions }: LossSlice): string => [...new Set(directions.map(({ kind }) => kind))].join(" and ");
