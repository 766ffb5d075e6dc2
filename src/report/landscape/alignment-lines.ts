import { formatNumber } from "../../figure/index.ts";
import type { Alignment, SliceTrust } from "../../landscape/index.ts";
import * as format from "../format.ts";
import type { MeasureLine } from "./trust-sections.ts";

export const digits = (value: number): string => formatNumber(value, 3);

/** Of λmax: a slice with so much curvature or more shows how sharp the loss is, */
const TELLING = 0.9;
/** one with less than this says nothing of it, and one between the two shows a part. */
const BLIND = 0.1;

/** How much of the loss's sharpness at its centre a slice shows; undefined where the loss bends upward in no direction. */
export function sharpnessShown({ inSlice, largest }: Alignment): "whole" | "part" | "none" | undefined {
  if (!(largest > 0)) return undefined;
  const share = inSlice.largest / largest;
  return share >= TELLING ? "whole" : share >= BLIND ? "part" : "none";
}

/** Whether the loss bends downward in some direction at the centre, while the slice does not. */
export const hidesSaddle = ({ inSlice, smallest, error }: Alignment): boolean =>
  smallest < -error && inSlice.smallest >= 0;

/** A slice's directions beside gradient and Hessian. */
export function alignmentLines(found: NonNullable<SliceTrust["alignment"]>): MeasureLine[] {
  const { parameters, directions, between, largest, smallest, mean, meanError, gradientNorm } = found;
  const { examples } = found;
  const random = 1 / Math.sqrt(parameters);
  return [
    {
      label: "curvature along the axes",
      value: directions.map(({ curvature }) => digits(curvature)).join(", "),
      sentence: `dᵀHd/‖d‖²; the mean eigenvalue of the Hessian, about what random directions show, is ${digits(mean)}${
        meanError === null ? "" : ` ± ${digits(meanError)}`
      }.${examples === undefined ? "" : ` Gradient and Hessian are those on ${format.count(examples)} of the examples.`}`,
    },
    { label: "λmax", value: digits(largest), sentence: topWords(found) },
    { label: "λmin", value: digits(smallest), sentence: bottomWords(found) },
    ...(between === null
      ? []
      : [
          {
            label: "cosine of the directions",
            value: digits(between),
            sentence: cosineWords(Math.abs(between), random),
          },
        ]),
    {
      label: "cosines with the top eigenvector",
      value: directions.map(({ top }) => digits(top)).join(", "),
      sentence: nearnessWords(
        directions.map(({ top }) => Math.abs(top)),
        random,
      ),
    },
    ...(directions.some(({ gradient }) => gradient === null)
      ? []
      : [
          {
            label: "cosines with the gradient",
            value: directions.map(({ gradient }) => digits(gradient ?? 0)).join(", "),
            sentence: `The gradient is ${digits(gradientNorm)} long. ${nearnessWords(
              directions.map(({ gradient }) => Math.abs(gradient ?? 0)),
              random,
            )}`,
          },
        ]),
  ];
}

function topWords(found: Alignment): string {
  const shown = sharpnessShown(found);
  if (shown === undefined) return "The loss bends upward in no direction.";
  const share = shareOfTop(found);
  if (shown === "whole") return `The slice shows ${share} of the largest curvature.`;
  const part = found.inSlice.largest > 0 ? `${share} of this` : "none of this";
  return shown === "none"
    ? `The slice shows ${part}: it looks flat and round whether the net is sharp or not.`
    : `The slice shows ${part}.`;
}

/** The share of λmax that a slice shows; at most all of it, whatever the error of λmax. */
export const shareOfTop = ({ inSlice, largest }: Alignment): string =>
  format.percent(Math.min(1, inSlice.largest / largest));

function bottomWords(found: Alignment): string {
  const { largest, smallest, error } = found;
  if (smallest >= -error) return "No direction bends downward by more than its uncertainty.";
  const share = `It is ${format.percent(-smallest / Math.max(largest, -smallest))} of the largest in size`;
  return hidesSaddle(found)
    ? `${share}: the slice bends upward at its centre, but the loss does not in all directions.`
    : `${share}; the slice, too, bends downward at its centre.`;
}

const cosineWords = (size: number, random: number): string =>
  size <= Math.max(4 * random, 1e-6)
    ? `Perpendicular, as random directions are: to about ${digits(random)} with so many parameters.`
    : size < 0.1
      ? "Nearly perpendicular."
      : "The directions are oblique: distances and angles in the picture are not those of the parameters.";

const nearnessWords = (sizes: readonly number[], random: number): string =>
  sizes.every((size) => size <= 4 * random)
    ? `No nearer than random directions are, about ${digits(random)}.`
    : `The nearest is ${digits(Math.max(...sizes) / random)} times as near as random directions are.`;
