import { type EpochRecord, lowestEpoch, type RunRecord } from "../../train/index.ts";
import * as format from "../format.ts";
import { type Column, numberColumn } from "../table.ts";

/** A run's epochs as a table. Each loss stands beside the accuracy on the same set; regressions have none. */
export const epochColumns = (epochs: readonly EpochRecord[]): Column<EpochRecord>[] => {
  const classes = epochs.some(({ validation }) => validation.accuracy !== undefined);
  return [
    numberColumn("epoch", ({ epoch }) => epoch, format.count),
    numberColumn("steps", ({ steps }) => steps, format.count),
    ...measured("train loss", ({ train }) => train, classes),
    ...measured("validation loss", ({ validation }) => validation, classes),
  ];
};

const measured = (
  head: string,
  of: (epoch: EpochRecord) => EpochRecord["train"],
  classes: boolean,
): Column<EpochRecord>[] => [
  numberColumn(head, (epoch) => of(epoch).loss, format.loss),
  ...(classes ? [numberColumn("accuracy", (epoch: EpochRecord) => of(epoch).accuracy, format.percent)] : []),
];

/** How many epochs a table shows, at most. */
const ROWS = 20;

/** At most ROWS epochs: the first, the last, some evenly spaced between them, and the one that was kept, or had the lowest validation loss. */
export function epochsShown({ epochs, kept }: Pick<RunRecord, "epochs" | "kept">): EpochRecord[] {
  const best = epochs.find(({ epoch }) => epoch === kept?.epoch) ?? lowestEpoch(epochs);
  const even = evenly(epochs, Math.min(ROWS, epochs.length));
  if (best === undefined || even.includes(best)) return even;
  const fewer = new Set([...evenly(epochs, ROWS - 1), best]);
  return epochs.filter((epoch) => fewer.has(epoch));
}

const evenly = (epochs: readonly EpochRecord[], rows: number): EpochRecord[] =>
  Array.from({ length: rows }, (_, i) => epochs[rows === 1 ? 0 : Math.round((i * (epochs.length - 1)) / (rows - 1))]);
