import { cut } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { isVector } from "../../expr/index.ts";
import type { Frozen } from "../../nn/index.ts";
import { RunningMean } from "../../objective/index.ts";
import type { State } from "../../optimizers/index.ts";
import type { SavedTraining, Settings } from "../options.ts";
import type { RunState } from "../run-state.ts";
import { type Identity, named, refuse, restoreRunState, Saved, savedFrozen, savedRunState } from "./saved-run.ts";

/** The whole state of a run: with the same options, everything that follows depends only on this. */
export interface TrainingState extends RunState {
  /** The optimizer's state, with that of its schedules. */
  readonly optimizer: State;
  /** w and the model's state before the last step: a run that diverges returns to them. */
  readonly before: { readonly w: Vector; readonly s: Vector };
  /** The current epoch, from 0. The order of the examples and the masks are functions of epoch, batch and seed. */
  epoch: number;
  /** The next batch of the epoch, from 0. */
  batch: number;
  /** The mean over the epoch's batches so far. */
  mean: RunningMean;
  /** ‖g‖ at the last step. */
  gradientNorm: number;
  /** ‖Δw‖/‖w‖ of the last step if it ended an epoch, else NaN. */
  updateRatio: number;
}

export function savedTraining(state: TrainingState, identity: Identity, frozen: Frozen | undefined): SavedTraining {
  const { w, s, before, optimizer, epoch, batch, mean, gradientNorm, updateRatio } = state;
  const { correct, ...sums } = mean.save();
  return {
    ...savedRunState(state, identity),
    ...{ epoch, batch, gradientNorm, updateRatio },
    ...named("mean", { ...sums, ...(correct === null ? {} : { correct }) }),
    ...named("optimizer", optimizer),
    ...named("before", before),
    ...savedFrozen(frozen),
    w: w.slice(),
    s: s.slice(),
  };
}

/** Restores a saved run into the state of one that has just begun. Throws a RangeError if it does not fit. */
export function restoreTraining(
  state: TrainingState,
  saved: SavedTraining,
  identity: Identity,
  options: Pick<Settings, "optimizer" | "patience" | "order">,
): void {
  const from = new Saved(saved);
  if (Object.keys(from.under("search")).length > 0)
    refuse(`it is a run by a solver; ${cut(options.optimizer.name)}, an update rule, cannot resume it`);
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
  restoreRunState(state, from, options);
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
