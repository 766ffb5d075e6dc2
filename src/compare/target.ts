import { median } from "../averages/index.ts";
import type { EpochRecord, RunRecord, Target } from "../train/index.ts";
import type { TargetUsed } from "./result.ts";

/** The fraction of the way down, in the logarithm of the loss: closer to the floor, arrivals would be a matter of chance. */
const FRACTION = 0.9;

/**
 * The target by which speed is measured: the given one, or the validation loss that lies nine tenths of the way, on a log
 * scale, from the loss of the first batches to the median optimizer's lowest validation loss (medians over seeds). Null where
 * that is not finite.
 *
 * @param runs each optimizer's final runs
 */
export function targetFor(given: Target | null, runs: readonly (readonly RunRecord[])[]): TargetUsed | null {
  if (given !== null && "loss" in given) return { measure: "loss", value: given.loss, given: true };
  if (given !== null) return { measure: "accuracy", value: given.accuracy, given: true };
  const best = median(runs.filter(({ length }) => length > 0).map((own) => median(own.map(lowestLoss))));
  const start = median(runs.flatMap((own) => own.flatMap(({ batches }) => batches.losses[0] ?? [])));
  if (!Number.isFinite(best)) return null;
  // A floor of exactly 0 has no logarithm.
  const value = start > best ? start * Math.max(1e-6, best / start) ** FRACTION : best;
  return { measure: "loss", value: Number(value.toPrecision(3)), given: false };
}

/** The lowest validation loss of any epoch; infinite where there is none. */
export const lowestLoss = ({ epochs }: RunRecord): number =>
  epochs.reduce((least, { validation }) => Math.min(least, validation.loss ?? Infinity), Infinity);

/** The first epoch after which a run had reached the target; undefined if none. */
export const arrival = ({ epochs }: RunRecord, { measure, value }: TargetUsed): EpochRecord | undefined =>
  epochs.find(({ validation: { loss, accuracy } }) =>
    measure === "loss" ? loss !== null && loss <= value : accuracy !== undefined && accuracy >= value,
  );
