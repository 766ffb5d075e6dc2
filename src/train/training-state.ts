import type { Vector } from "../expr/array.ts";
import { cut, quoteValue } from "../expr/quote.ts";
import { RunningMean } from "../objective/net/running-mean.ts";
import { isVector, type State } from "../optimizers/state.ts";
import type { Course } from "./course.ts";
import type { SavedTraining } from "./options.ts";

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

/** What a saved run has to have in common with the one that goes on from it. */
export interface Identity {
  readonly seed: number;
  /** In the training set. */
  readonly examples: number;
  readonly batchSize: number;
}

export function savedTraining(state: TrainingState, identity: Identity): SavedTraining {
  const { w, s, before, optimizer, epoch, batch, mean, step, seconds, gradientNorm, updateRatio, best, target } = state;
  const { correct, ...sums } = mean.save();
  return {
    t: step,
    ...{ ...identity, epoch, batch, seconds, gradientNorm, updateRatio },
    ...named("mean", { ...sums, ...(correct === null ? {} : { correct }) }),
    ...named("best", { ...best }),
    ...named("target", { ...target }),
    ...named("optimizer", optimizer),
    ...named("before", before),
    w: w.slice(),
    s: s.slice(),
  };
}

/** Entries under a name of their own; vectors are copied. */
const named = (place: string, entries: Readonly<Record<string, number | Vector>>): Record<string, number | Vector> =>
  Object.fromEntries(
    Object.entries(entries).map(([name, value]) => [`${place}.${name}`, isVector(value) ? value.slice() : value]),
  );

/** Puts a saved run in the place of one that has just begun. Throws a RangeError where it is none, or that of another run. */
export function restoreTraining(state: TrainingState, saved: SavedTraining, identity: Identity): void {
  const from = new Saved(saved);
  for (const [name, value] of Object.entries(identity)) from.check(name, value);
  const kept = from.under("optimizer");
  if (!sameNames(kept, state.optimizer))
    refuse(
      `its optimizer kept ${Object.keys(kept).join(", ")}; this one keeps ${Object.keys(state.optimizer).join(", ")}`,
    );
  const best = from.under("best");
  const target = from.under("target");
  const { loss, correct, count } = from.under("mean");
  const [epoch, batch, step, seconds] = ["epoch", "batch", "t", "seconds"].map((name) => from.number(name));
  // Vectors first, as they may not fit.
  from.vector("w", state.w);
  from.vector("s", state.s);
  from.vector("before.w", state.before.w);
  from.vector("before.s", state.before.s);
  for (const [name, value] of Object.entries(state.optimizer))
    if (isVector(value)) from.vector(`optimizer.${name}`, value);
    else state.optimizer[name] = from.number(`optimizer.${name}`);
  Object.assign(state, {
    ...{ epoch, batch, step, seconds },
    gradientNorm: from.number("gradientNorm"),
    updateRatio: from.number("updateRatio"),
    mean: RunningMean.restore({
      loss: Number(loss),
      correct: correct === undefined ? null : Number(correct),
      count: Number(count),
    }),
    best: {
      loss: from.number("best.loss"),
      waited: from.number("best.waited"),
      ...(isVector(best.w)
        ? { w: from.vector("best.w", state.w.slice()), s: from.vector("best.s", state.s.slice()) }
        : {}),
    },
    ...("step" in target
      ? { target: { step: from.number("target.step"), seconds: from.number("target.seconds") } }
      : {}),
  });
}

const sameNames = (a: object, b: object): boolean =>
  Object.keys(a).sort().join("\n") === Object.keys(b).sort().join("\n");

/** Reads what is in a saved run. */
class Saved {
  readonly #entries: Readonly<Record<string, unknown>>;

  constructor(saved: SavedTraining) {
    if (typeof saved !== "object" || saved === null) refuse(`it is ${quoteValue(saved)}, and not what save() gives`);
    this.#entries = saved;
  }

  number(name: string): number {
    const value = this.#entries[name];
    if (typeof value !== "number") refuse(`${name} is ${quoteValue(value)}; a number is needed`);
    return value;
  }

  /** Throws where a number that decides all that follows is another one. */
  check(name: string, wanted: number): void {
    const value = this.number(name);
    if (value !== wanted) refuse(`its ${name} was ${value}, and this run's is ${wanted}; give it the same options`);
  }

  /** Copies a vector. */
  vector(name: string, to: Vector): Vector {
    const value = this.#entries[name];
    if (!isVector(value)) refuse(`${name} is ${quoteValue(value)}; a vector is needed`);
    if (value.constructor !== to.constructor || value.length !== to.length)
      refuse(
        `${cut(name)} is a ${value.constructor.name} of ${value.length} numbers; this run's is a ${to.constructor.name} of ${to.length}`,
      );
    to.set(value);
    return to;
  }

  /** The entries under a name. */
  under(place: string): Record<string, unknown> {
    const own = Object.entries(this.#entries).filter(([name]) => name.startsWith(`${place}.`));
    return Object.fromEntries(own.map(([name, value]) => [name.slice(place.length + 1), value]));
  }
}

function refuse(words: string): never {
  throw new RangeError(`from: the saved run does not fit: ${words}`);
}
