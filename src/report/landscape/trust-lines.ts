import type { PathTrust, SliceTrust, TwoLosses } from "../../landscape/index.ts";
import * as format from "../format.ts";
import { several } from "../phrases.ts";
import { alignmentLines, digits } from "./alignment-lines.ts";
import { shapeLines } from "./shape-lines.ts";
import type { MeasureLine } from "./trust-sections.ts";

/** What a slice shows in numbers, and how far it can be trusted: each with a sentence about what it means here. */
export const trustLines = ({ slice, pairs, alignment, paths = [], halves, float64 }: SliceTrust): MeasureLine[] => [
  ...shapeLines(slice, pairs),
  ...(alignment === undefined ? [] : alignmentLines(alignment)),
  ...paths.flatMap(pathLines),
  ...(halves === undefined ? [] : halvesLines(halves)),
  ...(float64 === undefined ? [] : float64Lines(float64)),
];

function pathLines({ name, explained, outside, gap, unknown }: PathTrust): MeasureLine[] {
  const gapWords =
    gap === null
      ? "Its losses were not compared with those in the plane."
      : `Its own loss and that in the plane below it differ by up to ${format.percent(gap)} of the larger.`;
  return [
    {
      label: `path of ${name}, outside the plane`,
      value: format.percent(outside),
      sentence: `The share of its squared distance from the centre that is perpendicular to the plane.${
        explained === null ? "" : ` The axes explain ${format.percent(explained)} of the variance of all paths.`
      } ${gapWords}${unknown === 0 ? "" : ` At ${several(unknown, "point")} that in the plane is not known.`}`,
    },
  ];
}

function halvesLines({ points, mean, greatest, apart }: TwoLosses): MeasureLine[] {
  const label = "two halves of the examples";
  const where = several(points.length, "point");
  if (mean === null || greatest === null)
    return [{ label, value: "–", sentence: `At none of ${where} are the losses on both halves finite.` }];
  return [
    {
      label,
      value: format.percent(mean),
      sentence: `By so much the losses on the two halves differ on average over ${where}, and by ${format.percent(greatest)} at most: for examples like these the loss is known to about ${format.percent(mean / 2)}.${apartWords(apart)}`,
    },
  ];
}

/** Of a loss: a smaller change of it is not seen in a picture. */
export const INVISIBLE = 1e-3;

function float64Lines({ points, greatest, apart, examples }: NonNullable<SliceTrust["float64"]>): MeasureLine[] {
  const where = `${several(points.length, "point")}${examples === undefined ? "" : `, on ${format.count(examples)} of the examples`}`;
  if (greatest === null)
    return [
      {
        label: "in float64",
        value: "–",
        sentence: `At none of ${where} is the loss finite in float32 and in float64.`,
      },
    ];
  const meaning = greatest < INVISIBLE ? "rounding does not show" : "rounding changes the picture";
  return [
    {
      label: "in float64",
      value: digits(greatest),
      sentence: `At ${where}, the loss in float64 differs by at most this, relative to its size: ${meaning}.${apartWords(apart)}`,
    },
  ];
}

const apartWords = (apart: number): string =>
  apart === 0 ? "" : ` At ${several(apart, "point")} only one of both is finite.`;
