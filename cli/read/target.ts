import type { Dataset } from "../../src/data/index.ts";
import { format, goalWords } from "../../src/report/index.ts";
import { type Goal, goalOf, type TrainEvent } from "../../src/train/index.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Progress } from "../print/progress.ts";
import type { Settings } from "../settings.ts";

/** Where a bare number for a classification looks like an accuracy: from one half on, and up to 100 %. */
const [LEAST, MOST] = [0.5, 100];

/**
 * A bare number is a loss, which may well be 0.9: so what looks like an accuracy is not refused, but told. `loss=0.9` says
 * what it is. Throws a UsageError for an accuracy where there is none.
 */
export function checkTarget(settings: Settings, { task }: Pick<Dataset, "task">, progress: Progress): void {
  const target = settings.get(flags.target);
  const typed = settings.typed(flags.target)?.trim();
  if (target === undefined && settings.get(flags.stopAtTarget) === true)
    throw new UsageError("--stop-at-target: there is no target to stop at; give --target, too");
  if (target === undefined || typed === undefined) return;
  const goal = goalOf(target);
  if (goal.measure === "accuracy" && task === "regression")
    throw new UsageError(`--target ${typed}: numbers are predicted, so there is no accuracy; give a loss, such as 0.2`);
  const { value, measure } = goal;
  if (measure !== "loss" || task !== "classification" || typed.includes("=") || value < LEAST || value > MOST) return;
  const percent = format.setting(Number((value <= 1 ? 100 * value : value).toPrecision(12)));
  progress.note(
    `--target ${typed} is a validation loss; for an accuracy write ${percent}%, for a loss without this note loss=${typed}`,
  );
}

/** Tells once where the first batch, before any step, has no higher loss than is wanted. */
export function metAtTheStart(goal: Goal | undefined, progress: Progress): (event: TrainEvent) => void {
  return (event) => {
    if (goal?.measure !== "loss" || event.kind !== "batch" || event.step !== 1 || event.loss > goal.value) return;
    progress.note(
      `the target, ${goalWords(goal)}, is met at the start: the first batch has a loss of ${format.loss(event.loss)} before any step`,
    );
  };
}
