import { checkNumber, whole } from "../../arguments/index.ts";
import { Random } from "../../random/index.ts";

/** How rows are divided into folds. */
export interface FoldPlan {
  /** How many folds: 2 or more. */
  readonly folds: number;
  /** The seed of the draw. Default: the same for everyone. */
  readonly seed?: number;
}

/** What the division depends on. */
export interface FoldRows {
  /** The class of each row: each fold gets its share of every class, to within one row. All equal if there are no classes. */
  readonly labels: ArrayLike<number>;
  /** The group of each row: all rows of a group are in one fold, and classes do not count. */
  readonly groups?: ArrayLike<number>;
}

/** The default, so that different people's folds are the same. */
const SEED = 20_110_102;

/**
 * The fold of each row, from 0, at random. Rows in random order, sorted by class, are dealt out one by one: so the folds' sizes, and
 * their shares of each class, differ by at most one row, as with scikit-learn's StratifiedKFold. Groups go, from the largest to
 * the smallest, to the fold that has the fewest rows so far, as with its GroupKFold.
 *
 * @throws RangeError for fewer than 2 folds, or fewer rows or groups than folds
 */
export function drawFolds({ labels, groups }: FoldRows, { folds, seed = SEED }: FoldPlan): Uint32Array {
  checkNumber("folds", folds, whole(2));
  const random = new Random(seed, "folds");
  const order = [...random.permutation(labels.length)];
  if (order.length < folds)
    throw new RangeError(`folds: ${folds} folds need at least ${folds} rows, not ${order.length}`);
  return groups === undefined ? dealt(order, labels, folds) : grouped(order, groups, folds);
}

function dealt(order: readonly number[], labels: ArrayLike<number>, folds: number): Uint32Array {
  const found = new Uint32Array(order.length);
  const byClass = order.toSorted((a, b) => labels[a] - labels[b]);
  for (const [rank, row] of byClass.entries()) found[row] = rank % folds;
  return found;
}

function grouped(order: readonly number[], groups: ArrayLike<number>, folds: number): Uint32Array {
  const rowsOf = new Map<number, number[]>();
  for (const row of order) {
    const rows = rowsOf.get(groups[row]);
    if (rows === undefined) rowsOf.set(groups[row], [row]);
    else rows.push(row);
  }
  if (rowsOf.size < folds)
    throw new RangeError(`folds: ${folds} folds need at least ${folds} groups of rows, not ${rowsOf.size}`);
  const found = new Uint32Array(order.length);
  const sizes = new Array<number>(folds).fill(0);
  // Sorting keeps the random order of groups of one size.
  for (const rows of [...rowsOf.values()].sort((a, b) => b.length - a.length)) {
    const fold = sizes.indexOf(Math.min(...sizes));
    sizes[fold] += rows.length;
    for (const row of rows) found[row] = fold;
  }
  return found;
}
