import { type Dataset, type Examples, firstExamples, spreadExamples } from "../../src/data/index.ts";
import { DataError } from "../../src/files/index.ts";
import { format, several } from "../../src/report/index.ts";
import * as flags from "../flags/index.ts";
import type { Progress } from "../print/progress.ts";
import type { Settings } from "../settings.ts";

/**
 * The examples on which the slice is measured: of the training set, which is in random order, the first; of the test set, whose classes
 * may come one after the other, some that are spread evenly over it. A note tells where fewer are there than were asked for.
 */
export async function examplesIn(settings: Settings, data: Dataset, progress: Progress): Promise<Examples> {
  const split = settings.value(flags.measuredSplit);
  const limit = settings.value(flags.measuredLimit);
  const set = data[split];
  if (set.count === 0)
    throw new DataError(data.name, `it has no ${split} set`, `give --split ${split === "test" ? "train" : "test"}`);
  if (limit === "all") return set;
  if (settings.isTyped(flags.measuredLimit) && limit > set.count)
    progress.note(
      `--limit ${format.count(limit)}: the ${split === "train" ? "training" : "test"} set has ${several(set.count, "example")}, and all are taken`,
    );
  return split === "train" ? firstExamples(set, limit) : spreadExamples(set, limit);
}

/**
 * The loss of guessing, below which a basin lies: ln of the number of classes; of numbers, that of always predicting their mean, 1 where
 * targets are standardised.
 */
export function levelOf({ task, classes, train: { targets }, targetStandardization }: Dataset): number {
  if (task === "classification") return Math.log(classes.length);
  if (targetStandardization !== undefined) return 1;
  const values = Array.from(targets);
  const mean = values.reduce((sum, y) => sum + y, 0) / values.length;
  return values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / values.length;
}

/** Examples whose Hessian-vector products are computed at a time, which bounds their memory. */
export const HESSIAN_CHUNK = 128;

/** The most examples for a Hessian, whose products take long, and for what rounding does. */
export const [HESSIAN_EXAMPLES, FLOAT64_EXAMPLES] = [256, 64];

/** At most so many of the slice's examples: the first of a training set, spread evenly over a test set. */
export const fewExamples = (settings: Settings, examples: Examples, most: number): Promise<Examples> =>
  settings.value(flags.measuredSplit) === "train" ? firstExamples(examples, most) : spreadExamples(examples, most);

/** Tells how many examples something was computed on, where it was not all of the slice's. */
export const fewerThan = ({ count: all }: Examples, { count }: Examples): { readonly examples?: number } =>
  count < all ? { examples: count } : {};
