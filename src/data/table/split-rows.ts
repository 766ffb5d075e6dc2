import { checkNumber, checkOptions, type Domain, quoteValue, whole } from "../../arguments/index.ts";
import { DataError, quote } from "../../files/index.ts";
import { plainText } from "../cells/plain.ts";
import type { Task } from "../dataset.ts";
import { type Split, stratifiedSplit } from "../split.ts";
import { type ColumnRef, findColumn } from "./find-column.ts";
import { someRows, type UsableRows } from "./missing-policy.ts";
import { cellPlace, columnLabel, type RawTable, spellNumbers, type TablePart } from "./raw-table.ts";

/** How the rows of a table become training, validation and test set. */
export interface SplitOptions {
  /** The fraction of the rows for the validation set. Default 0.15. */
  readonly validation?: number;
  /** The fraction of the rows for the test set. Default 0.15. */
  readonly test?: number;
  /** The seed of the draw. Default: the same for everyone. */
  readonly seed?: number;
  /** A column that names each row's set: "train", "validation" or "test". It is no input. */
  readonly column?: ColumnRef;
}

const FRACTION: Domain = {
  allows: (x) => x > 0 && x < 1,
  words: "a fraction of the rows, above 0 and below 1",
};

/** The fraction of the rows for the validation set, and again for the test set. */
const SHARE = 0.15;

/** The fewest rows that leave some in each set, and more than one to train on. */
const FEWEST_ROWS = 10;

/** @throws RangeError for fractions that leave nothing to train on, and for a column beside fractions */
export function checkSplit(split: SplitOptions): void {
  checkOptions("split", split, ["validation", "test", "seed", "column"], "split: { validation: 0.2, test: 0.2 }");
  const { validation = SHARE, test = SHARE, seed = 0, column } = split;
  checkNumber("split: validation", validation, FRACTION);
  checkNumber("split: test", test, FRACTION);
  checkNumber("split: seed", seed, whole(0));
  if (validation + test >= 1)
    throw new RangeError(
      `split: validation ${validation} and test ${test} leave nothing to train on; give less than 1 together`,
    );
  if (column !== undefined && (split.validation !== undefined || split.test !== undefined || split.seed !== undefined))
    throw new RangeError(
      `split: the column ${quoteValue(column)} says each row's set; leave out the fractions and the seed`,
    );
}

/**
 * Splits the rows, stratified by class.
 *
 * @param rows those to split
 * @param targets of the rows of the table: class indices, or values
 * @throws DataError for fewer than 10 rows, a set without rows, and words in the column that name no set
 */
export function splitRows(
  table: RawTable,
  rows: UsableRows,
  task: Task,
  targets: ArrayLike<number>,
  split: SplitOptions,
): Split {
  checkSplit(split);
  if (table.parts !== undefined) return splitByPart(table, table.parts, rows, task, targets, split);
  if (split.column !== undefined) return splitByColumn(table, rows.list(), split.column);
  if (rows.count < FEWEST_ROWS) {
    const problem = `has ${rows.count} rows of data, expected at least ${FEWEST_ROWS}`;
    throw new DataError(table.name, problem, "add rows: training, validation and test each need some");
  }
  const { validation = SHARE, test = SHARE } = split;
  const share = (fraction: number) => Math.max(1, Math.round(rows.count * fraction));
  const sizes = { validation: share(validation), test: share(test) };
  if (sizes.validation + sizes.test >= rows.count)
    throw new DataError(
      table.name,
      `the validation set takes ${sizes.validation} of ${rows.count} rows and the test set ${sizes.test}, so none is left to train on`,
      "give smaller fractions",
    );
  return draw(rows, task, targets, sizes, split.seed);
}

/** Draws some of the rows for validation and test, stratified by class. */
function draw(
  rows: UsableRows,
  task: Task,
  targets: ArrayLike<number>,
  sizes: { readonly validation: number; readonly test: number },
  seed?: number,
): Split {
  const list = rows.areAll ? undefined : rows.list();
  const drawn = stratifiedSplit(labelsOf(rows.count, list, task, targets), sizes, seed);
  if (list === undefined) return drawn;
  const inTable = (indices: Uint32Array): Uint32Array => indices.map((index) => list[index]);
  return { train: inTable(drawn.train), validation: inTable(drawn.validation), test: inTable(drawn.test) };
}

/** The class of each row; the same for all without classes. */
function labelsOf(
  count: number,
  rows: Uint32Array | undefined,
  task: Task,
  targets: ArrayLike<number>,
): ArrayLike<number> {
  if (task === "regression") return new Uint8Array(count);
  return rows === undefined ? targets : Uint32Array.from(rows, (row) => targets[row]);
}

/** The sets of joined tables: what no table was given for is drawn from the first one's rows. */
function splitByPart(
  table: RawTable,
  parts: readonly TablePart[],
  rows: UsableRows,
  task: Task,
  targets: ArrayLike<number>,
  split: SplitOptions,
): Split {
  const given: Partial<Record<"validation" | "test", Uint32Array>> = {};
  const list = rows.list();
  let start = 0;
  for (const { set, rows: count, name } of parts) {
    const [from, to] = [start, start + count];
    if (set !== undefined) given[set] = list.filter((row) => row >= from && row < to);
    if (set !== undefined && given[set]?.length === 0) throw new DataError(name, "it has no rows to use", "add rows");
    start = to;
  }
  const twice = (["validation", "test"] as const).find((set) => given[set] && split[set] !== undefined);
  if (twice !== undefined || split.column !== undefined)
    throw new RangeError(`split: ${twice ?? "column"} is given, but so is a table of its own; leave one of them out`);
  const first = list.filter((row) => row < parts[0].rows);
  const size = (set: "validation" | "test") =>
    given[set] ? 0 : Math.max(1, Math.round(first.length * (split[set] ?? SHARE)));
  const sizes = { validation: size("validation"), test: size("test") };
  if (sizes.validation + sizes.test >= first.length)
    throw new DataError(table.name, `has ${first.length} rows of data, too few to train on`, "add rows");
  const drawn = draw(someRows(first), task, targets, sizes, split.seed);
  return { train: drawn.train, validation: given.validation ?? drawn.validation, test: given.test ?? drawn.test };
}

/** Other words for the sets. */
const WORDS: Readonly<Record<string, keyof Split>> = {
  ...{ train: "train", training: "train" },
  ...{ validation: "validation", valid: "validation", val: "validation", dev: "validation" },
  ...{ test: "test", testing: "test" },
};

function splitByColumn(table: RawTable, rows: Uint32Array, ref: ColumnRef): Split {
  const column =
    table.columns[
      findColumn(
        table.columns.map(({ name }) => name),
        table.name,
        ref,
      )
    ];
  const { codes, words } = column.cells === "words" ? column : spellNumbers(column);
  const sets = words.map((word) => WORDS[plainText(word)]);
  const counts = { train: 0, validation: 0, test: 0 };
  for (const row of rows) {
    const set = sets[codes[row]];
    if (set === undefined) {
      const said = codes[row] < 0 ? "no set is named" : `${quote(words[codes[row]])} is no set`;
      throw new DataError(cellPlace(table, row, column), said, 'expected "train", "validation" or "test"');
    }
    counts[set]++;
  }
  const empty = (["train", "validation", "test"] as const).find((set) => counts[set] === 0);
  if (empty !== undefined)
    throw new DataError(
      `${table.name}: ${columnLabel(column)}`,
      `no row is in the set "${empty}"`,
      "name some rows so, or split by fractions",
    );
  const inSet = (set: keyof Split): Uint32Array => {
    const found = new Uint32Array(counts[set]);
    let at = 0;
    for (const row of rows) if (sets[codes[row]] === set) found[at++] = row;
    return found;
  };
  return { train: inSet("train"), validation: inSet("validation"), test: inSet("test") };
}
