import type { SliceTrust, Spread } from "../../landscape/index.ts";
import * as format from "../format.ts";
import { listed, several } from "../phrases.ts";
import { digits, hidesSaddle, hidesSharpness, shownShare, showsSharpness } from "./alignment-lines.ts";
import { INVISIBLE } from "./trust-lines.ts";

/**
 * What a slice can be trusted for and what it says nothing of, in a few sentences, from what was looked at; none where that
 * decides nothing.
 */
export const verdictLines = (trust: SliceTrust): string[] => [
  ...sentence("This slice can be trusted for", listed(trustedFor(trust))),
  ...sentence("It says nothing of", either(silentOn(trust))),
  ...gapWords(trust),
  ...sentence("Not tested:", listed(untested(trust))),
  ...partlySharp(trust),
  ...(roundingOf(trust) > INVISIBLE ? ["Rounding in float32 changes it: do not read its small features."] : []),
  ...(trust.slice.notFinite > 0.5 ? ["Most of its points have no finite loss: take a smaller range."] : []),
];

const sentence = (begin: string, things: string): string[] => (things === "" ? [] : [`${begin} ${things}.`]);

/** One or two, or one, two or three. */
const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words[words.length - 1]}`;

function trustedFor(trust: SliceTrust): string[] {
  const { alignment, halves } = trust;
  const basin = basinOf(trust);
  const error = halves?.mean ?? null;
  return [
    ...(error !== null && roundingOf(trust) <= INVISIBLE
      ? [`the loss (to about ${format.percent(error / 2)}, for examples like these)`]
      : []),
    ...(basin !== undefined && isSteady(basin)
      ? [
          `the basin's share of such a window (${format.percent(basin.mean)} ± ${format.percent(basin.deviation)} over ${several(basin.count, "pair")} of directions)`,
        ]
      : []),
    ...(alignment !== undefined && showsSharpness(alignment)
      ? [`how sharp the loss is at the centre (it shows ${format.percent(shownShare(alignment))} of λmax)`]
      : []),
  ];
}

/** Of a slice that shows a part of the sharpness alone. */
const partlySharp = ({ alignment }: SliceTrust): string[] =>
  alignment === undefined || !(alignment.largest > 0) || showsSharpness(alignment) || hidesSharpness(alignment)
    ? []
    : [`Of the sharpness at the centre, λmax, it shows ${format.percent(shownShare(alignment))}.`];

function silentOn(trust: SliceTrust): string[] {
  const { alignment, paths = [] } = trust;
  const basin = basinOf(trust);
  return [
    ...(alignment !== undefined && hidesSharpness(alignment)
      ? [
          `how sharp the loss is (λmax is ${digits(alignment.largest)}, the slice's largest curvature ${digits(alignment.inSlice.largest)})`,
        ]
      : []),
    ...(alignment !== undefined && hidesSaddle(alignment) ? ["the directions in which the loss bends downward"] : []),
    ...(basin !== undefined && !isSteady(basin)
      ? [
          `the basin's size in general (${format.percent(basin.least)} to ${format.percent(basin.most)}, by the directions)`,
        ]
      : []),
    ...paths.flatMap(({ name, outside }) =>
      outside > 0.5 ? [`where ${name} went, which is mostly outside the plane`] : [],
    ),
  ];
}

/** What only more measurements than the slice's own tell; nothing where some of them were made. */
const untested = ({ alignment, halves, float64 }: SliceTrust): string[] =>
  alignment !== undefined || halves !== undefined || float64 !== undefined
    ? []
    : ["how sharp the loss is in all directions", "how much it depends on the examples", "what rounding does"];

/** Of the larger loss: where a path's own loss and the plane's differ by more, the plane is not what the path went through. */
const LARGE_GAP = 0.1;

const gapWords = ({ paths = [] }: SliceTrust): string[] =>
  paths.flatMap(({ name, gap }) =>
    gap === null || gap < LARGE_GAP
      ? []
      : [`On the path of ${name} the true loss and the plane's differ by up to ${format.percent(gap)} of the larger.`],
  );

/** The greatest relative difference from float64; 0 where that is not known. */
const roundingOf = ({ float64 }: SliceTrust): number => float64?.greatest ?? 0;

/** How the basin differs along other directions, if some have one. */
const basinOf = ({ pairs }: SliceTrust): Spread | undefined =>
  pairs?.spread.find(({ measure, count, most }) => measure === "basin" && count > 1 && most > 0);

/** Of the mean: a measure with a smaller standard deviation over pairs of directions is steady. */
const STEADY = 0.25;

const isSteady = ({ deviation, mean }: Spread): boolean => deviation !== null && deviation <= STEADY * mean;
