import { formatNumber } from "../../figure/index.ts";
import type { Alignment, SliceTrust } from "../../landscape/index.ts";
import * as format from "../format.ts";
import type { MeasureLine } from "./trust-sections.ts";

export const digits = (value: number): string => formatNumber(value, 3);

/** Cosines of this size are what rounding leaves of 0. */
const PERPENDICULAR = 1e-9;

const cosine = (value: number): string => digits(Math.abs(value) < PERPENDICULAR ? 0 : value);

/** Of λmax: a slice with more curvature shows how sharp the loss is, */
const TELLING = 0.9;
/** and one with less does not. */
const BLIND = 0.1;

/** The part of λmax that a slice shows; NaN where the loss bends upward in no direction. */
export const shownShare = ({ inSlice, largest }: Alignment): number =>
  largest > 0 ? Math.min(1, inSlice.largest / largest) : Number.NaN;

/** Whether a slice shows how sharp the loss is at its centre: nearly all of λmax, or next to nothing of it. */
export const showsSharpness = (found: Alignment): boolean => shownShare(found) >= TELLING;
export const hidesSharpness = (found: Alignment): boolean => shownShare(found) < BLIND;

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
      sentence: `dᵀHd/‖d‖², for the Hessian H at the centre and the axis d. A random direction shows about the mean eigenvalue, ${digits(mean)}${
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
            value: cosine(between),
            sentence: cosineWords(Math.abs(between), random),
          },
        ]),
    {
      label: "cosines with the top eigenvector",
      value: directions.map(({ top }) => cosine(top)).join(", "),
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
            value: directions.map(({ gradient }) => cosine(gradient ?? 0)).join(", "),
            sentence: `The gradient at the centre is ${digits(gradientNorm)} long. ${nearnessWords(
              directions.map(({ gradient }) => Math.abs(gradient ?? 0)),
              random,
            )}`,
          },
        ]),
  ];
}

function topWords(found: Alignment): string {
  const share = shownShare(found);
  if (Number.isNaN(share)) return "The Hessian's largest eigenvalue: the loss bends upward in no direction.";
  const part = share > 0 ? `${format.percent(share)} of it` : "none of it";
  return `The Hessian's largest eigenvalue, the greatest curvature in any direction. The slice shows ${part}${
    hidesSharpness(found) ? ": it looks flat and round whether the net is sharp or not." : "."
  }`;
}

function bottomWords(found: Alignment): string {
  const { largest, smallest, error } = found;
  if (smallest >= -error)
    return "The Hessian's smallest eigenvalue: in no direction does the loss bend downward by more than the error of this number.";
  const share = `The Hessian's smallest eigenvalue, ${format.percent(-smallest / Math.max(largest, -smallest))} of the largest in size`;
  return hidesSaddle(found)
    ? `${share}: in some direction the loss bends downward, while the slice bends upward at its centre.`
    : `${share}: in some direction the loss bends downward, and so does the slice at its centre.`;
}

const cosineWords = (size: number, random: number): string =>
  size <= 1e-6
    ? "The axes are perpendicular."
    : size < Math.max(CHANCE * random, 0.1)
      ? `The axes are nearly perpendicular; the cosine of two random directions is about ${digits(random)} in size.`
      : "The axes are oblique: distances and angles in the picture are not those of the parameters.";

/** A random direction's cosine is this many standard deviations from 0 once in 16,000 times. */
const CHANCE = 4;

function nearnessWords(sizes: readonly number[], random: number): string {
  const most = CHANCE * random;
  const largest = Math.max(...sizes);
  const usual = `about ${digits(random)} in size`;
  if (largest > most)
    return `${sizes.length > 1 ? "The larger" : "It"} is ${digits(largest / random)} times that of a random direction, ${usual}.`;
  return most < 1
    ? `No more than chance gives: the cosine of a random direction is ${usual}, and hardly ever above ${digits(most)}.`
    : `It says nothing: of so few parameters, the cosine of a random direction is ${usual}.`;
}
