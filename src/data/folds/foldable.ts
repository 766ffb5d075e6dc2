import { Random } from "../../random/index.ts";
import type { Dataset } from "../dataset.ts";
import type { Split } from "../split.ts";
import { drawFolds, type FoldPlan, type FoldRows } from "./draw-folds.ts";

/** Rows that can be divided into sets in any way, and what they become then. */
export interface Foldable extends FoldRows {
  /** The rows to divide: their indices. `labels` and `groups` are in their order. */
  readonly rows: Uint32Array;
  /** The rows of a test set that stays aside: their indices. */
  readonly aside: Uint32Array;
  /** The data set of a split, with everything measured on its training set. Sets may be empty, except the training set. */
  build(split: Split): Dataset;
}

/** A fold's sets: the test set is the fold that is held out. */
export interface FoldSplits extends FoldPlan {
  /** Whether something watches the validation set, such as early stopping: it is a part of the training rows then, and else the fold itself. */
  readonly watched: boolean;
}

/** One part in so many of a fold's training rows is its validation set, if something watches it. */
const INNER = 7;

/**
 * The split of each fold: it is the test set, and the other folds are there to train on. Where something watches the validation
 * set, a seventh of the others is taken for that, drawn as folds are, so that nothing has seen the fold before it is measured.
 *
 * @throws RangeError as `drawFolds`, and where one row or group is left to train on and to be watched
 */
export function foldSplits(foldable: Foldable, { watched, ...plan }: FoldSplits): Split[] {
  const { rows } = foldable;
  const folds = drawFolds(foldable, plan);
  return Array.from({ length: plan.folds }, (_, fold) => {
    const heldOut = rows.filter((_, i) => folds[i] === fold);
    const places = placesOf(rows.length, (i) => folds[i] !== fold, plan.seed);
    return {
      ...trainingSplit(foldable, places, watched, plan.seed),
      test: heldOut,
      ...(!watched && { validation: heldOut }),
    };
  });
}

/** The split that trains on all rows, with a seventh for the validation set where something watches it, and tests on the set aside. */
export function wholeSplit(foldable: Foldable, { watched, seed }: Pick<FoldSplits, "watched" | "seed">): Split {
  const places = placesOf(foldable.rows.length, () => true, seed);
  return { ...trainingSplit(foldable, places, watched, seed), test: foldable.aside };
}

/** Those of the places 0, 1, … that are wanted, in random order: so that the first N are a fair sample. */
const placesOf = (count: number, wanted: (place: number) => boolean, seed = 0): Uint32Array =>
  new Random(seed, "order in folds").permutation(count).filter(wanted);

function trainingSplit(
  { rows, labels, groups }: Foldable,
  places: Uint32Array,
  watched: boolean,
  seed?: number,
): Pick<Split, "train" | "validation"> {
  const inTable = (some: Uint32Array): Uint32Array => some.map((place) => rows[place]);
  if (!watched) return { train: inTable(places), validation: new Uint32Array(0) };
  const own: FoldRows = {
    labels: Float64Array.from(places, (place) => labels[place]),
    ...(groups && { groups: Float64Array.from(places, (place) => groups[place]) }),
  };
  const units = groups === undefined ? places.length : new Set(Array.from(places, (i) => groups[i])).size;
  if (units < 2) throw tooFewToWatch(groups === undefined ? "row" : "group");
  const parts = Math.min(INNER, units);
  const part = drawFolds(own, { folds: parts, ...(seed !== undefined && { seed }) });
  const those = (isInner: boolean): Uint32Array => inTable(places.filter((_, i) => (part[i] === 0) === isInner));
  return { train: those(false), validation: those(true) };
}

const tooFewToWatch = (unit: string): RangeError =>
  new RangeError(
    `folds: there is one ${unit} to train on, so no ${unit} is left for the validation set that early stopping or the schedule watches; ` +
      `take more folds or ${unit}s, or leave out what watches`,
  );
