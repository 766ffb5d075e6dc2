import { cut } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { isVector } from "../../expr/index.ts";
import { RunningMean } from "../../objective/index.ts";
import type { State } from "../../optimizers/index.ts";
import type { Course } from "../course.ts";
import type { SavedTraining, Settings } from "../options.ts";
import { type Identity, named, refuse, restoreCourse, Saved, savedCourse } from "./saved-run.ts";

/** Everything that a run is at a moment: with the same options, all that follows depends on this alone. */
export interface TrainingState extends Course {
  /** The optimizer's own, with what its schedules have seen. */
  readonly optimizer: State;
  /** w and the model's state as they were before the last step: a run that leaves the finite numbers goes back to them. */
  readonly before: { readonly w: Vector; readonly s: Vector };
  /** The epoch under way, from 0, and its next batch: orders and masks are functions of these and the seed. */
  epoch: number;
  batch: number;
  /** Over the epoch's batches so far. */
  mean: RunningMean;
  /** ‖g‖ at the last step, and ‖Δw‖/‖w‖ at the last one of an epoch. */
  gradientNorm: number;
  updateRatio: number;
}

export function savedTraining(state: TrainingState, identity: Identity): SavedTraining {
  const { w, s, before, optimizer, epoch, batch, mean, gradientNorm, updateRatio } = state;
  const { correct, ...sums } = mean.save();
  return {
    ...savedCourse(state, identity),
    ...{ epoch, batch, gradientNorm, updateRatio },
    ...named("mean", { ...sums, ...(correct === null ? {} : { correct }) }),
    ...named("optimizer", optimizer),
    ...named("before", before),
    w: w.slice(),
    s: s.slice(),
  };
}

/** Puts a saved run in the place of one that has just begun. Throws a RangeError where it is none, or that of another run. */
export function restoreTraining(
  state: TrainingState,
  saved: SavedTraining,
  identity: Identity,
  options: Pick<Settings, "optimizer" | "patience" | "order">,
): void {
  const from = new Saved(saved);
  if (Object.keys(from.under("search")).length > 0)
    refuse(`it is a run by a solver; ${cut(options.optimizer.name)}, an update rule, cannot go on from there`);
  from.check(identity);
  const kept = from.under("optimizer");
  if (!sameNames(kept, state.optimizer))
    refuse(
      `its optimizer kept ${Object.keys(kept).join(", ")}; this one keeps ${Object.keys(state.optimizer).join(", ")}`,
    );
  const { loss, correct, count } = from.under("mean");
  from.vector("w", state.w);
  from.vector("s", state.s);
  from.vector("before.w", state.before.w);
  from.vector("before.s", state.before.s);
  for (const [name, value] of Object.entries(state.optimizer))
    if (isVector(value)) from.vector(`optimizer.${name}`, value);
    else state.optimizer[name] = name === "t" ? from.whole("optimizer.t") : from.number(`optimizer.${name}`);
  restoreCourse(state, from, options);
  Object.assign(state, {
    epoch: from.whole("epoch"),
    batch: from.whole("batch", options.order.batchesPerEpoch),
    gradientNorm: from.number("gradientNorm"),
    updateRatio: from.number("updateRatio"),
    mean: RunningMean.restore({
      loss: Number(loss),
      correct: correct === undefined ? null : Number(correct),
      count: Number(count),
    }),
  });
}

const sameNames = (a: object, b: object): boolean =>
  Object.keys(a).sort().join("\n") === Object.keys(b).sort().join("\n");
