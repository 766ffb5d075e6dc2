import type { EpochRecord, RunRecord, Target } from "../train/index.ts";
import type { TargetUsed } from "./result.ts";
import { median } from "./statistics.ts";

/** The part of the way down, in the logarithm of the cost: nearer to the floor, arrivals would be chance. */
const PART = 0.9;

/**
 * The target by which speed is told: the given one, or the validation cost that lies nine tenths of the way, on a log
 * scale, from the cost of the first batches to the best that the middle one of the optimizers reaches (medians over
 * seeds). Null where no optimizer has reached anything.
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
  const value = start > best ? start * Math.max(1e-6, best / start) ** PART : best;
  return { measure: "loss", value: Number(value.toPrecision(3)), given: false };
}

/** The lowest validation cost of any epoch; infinite where there is none. */
export const lowestLoss = ({ epochs }: RunRecord): number =>
  epochs.reduce((least, { validation }) => Math.min(least, validation.loss ?? Infinity), Infinity);

/** The first epoch at whose end a run had reached the target. */
export const arrival = ({ epochs }: RunRecord, { measure, value }: TargetUsed): EpochRecord | undefined =>
  epochs.find(({ validation: { loss, accuracy } }) =>
    measure === "loss" ? loss !== null && loss <= value : accuracy !== undefined && accuracy >= value,
  );
