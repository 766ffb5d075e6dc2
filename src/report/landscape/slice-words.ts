import type { LossSlice, Measured } from "../../landscape/index.ts";
import * as format from "../format.ts";

/** "resnet-56: loss 0.0123, accuracy 99.6 % at the centre" */
export const centreWords = (slice: LossSlice): string => `${slice.title}: ${centreLoss(slice)}`;

/** "loss 0.0123, accuracy 99.6 % at the centre" */
export const centreLoss = ({ centre }: LossSlice): string => `${measuredWords(centre)} at the centre`;

/** "loss 0.0123, accuracy 99.6 %" */
export const measuredWords = ({ loss, accuracy }: Measured): string =>
  `loss ${loss === null ? "not finite" : format.loss(loss)}${accuracy === undefined ? "" : `, accuracy ${format.percent(accuracy)}`}`;

/** "1,000 training images of cifar-10": what the slice was measured on. */
export const examplesWords = ({ examples: { data, split, count } }: LossSlice): string =>
  `${format.count(count)} ${split === "train" ? "training" : "test"} examples of ${data}`;

/** How low and how high the loss is, where it could not be computed, and whether the centre's is left out. */
export function rangeWords({ x, y, loss }: LossSlice): string {
  const all = loss.flat();
  const finite = all.filter((value) => value !== null);
  if (finite.length === 0) return "The loss is finite nowhere.";
  const [low, high] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  const missing = all.length - finite.length;
  const holes =
    missing === 0 ? "" : ` At ${format.count(missing)} of ${format.count(all.length)} points it is not finite.`;
  const apart = x.includes(0) && y.includes(0) ? "" : " The centre is not among the points.";
  return `The loss is between ${format.loss(low)} and ${format.loss(high)}.${holes}${apart}`;
}

/** The same of each slice, by its title where there are several. */
export const rangesWords = (slices: readonly LossSlice[]): string =>
  slices.map((slice) => (slices.length > 1 ? `${slice.title}: ` : "") + rangeWords(slice)).join(" ");
