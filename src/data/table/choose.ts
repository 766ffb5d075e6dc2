import { quoteValue } from "../../arguments/index.ts";
import { DataError, setting } from "../../files/index.ts";
import type { ColumnKind } from "./column-facts.ts";
import { type ColumnRef, findColumn } from "./find-column.ts";
import { kindOf } from "./kind.ts";
import { columnLabel, columnName, type RawColumn, type RawTable } from "./raw-table.ts";
import { type Refused, refusalError, refusalOf, twinOf } from "./refused.ts";

/** Which columns of a table are used. */
export interface ColumnOptions {
  /** Columns to leave out. */
  readonly ignore?: readonly ColumnRef[];
  /** The columns to use as inputs. Default: all but the target, dates, and those in `ignore`. */
  readonly columns?: readonly ColumnRef[];
  /** The column of the examples' weights, which is no input: how much each row counts in the loss, 0 or more. Default: all the same. */
  readonly weights?: ColumnRef;
  /**
   * The column that names each row's group, such as a patient with several rows; it is no input. Cross-validation keeps the rows of a
   * group in one fold.
   */
  readonly groups?: ColumnRef;
}

/** A column that becomes an input, and what it holds. */
export interface Chosen {
  readonly column: RawColumn;
  readonly kind: Exclude<ColumnKind, "text" | "empty" | "mixed">;
}

/** A column that is not used, with the reason in words: `left out: constant`. */
export interface LeftOut {
  readonly column: RawColumn;
  readonly reason: string;
}

/** The columns of a table by their use. */
export interface Choice {
  readonly targets: readonly RawColumn[];
  readonly inputs: readonly Chosen[];
  readonly leftOut: readonly LeftOut[];
  /** The examples' weights. */
  readonly weights?: RawColumn;
  /** The name of each row's group. */
  readonly groups?: RawColumn;
}

/** The same, and the columns that cannot be used, such as text. */
export interface Sorted extends Choice {
  readonly refused: readonly Refused[];
}

/**
 * @param set the column that names each row's set, which is no input
 * @throws DataError for a column that does not exist, one that is both a target and an input, one of text, one of numbers with a
 * cell that is none, and where no input is left
 */
export function chooseColumns(table: RawTable, options: ColumnOptions, set?: ColumnRef): Choice {
  const { refused, ...choice } = sortColumns(table, options, set);
  if (refused.length > 0) throw refusalError(table, refused);
  const { inputs, leftOut } = choice;
  if (inputs.length > 0) return choice;
  const words = leftOut.map(({ column, reason }) => `${columnLabel(column)}: ${reason}`).slice(0, 3);
  const problem = `no column is left to predict from${words.length === 0 ? "" : ` (${words.join("; ")})`}`;
  throw new DataError(table.name, problem, "leave fewer out, or add columns");
}

/** @throws DataError for a column that does not exist, and one that is both a target and an input */
export function sortColumns(table: RawTable, options: ColumnOptions, set?: ColumnRef): Sorted {
  const { targets } = table;
  const named = findNamed(table, options, set);
  const inputs: Chosen[] = [];
  const leftOut: LeftOut[] = [];
  const refused: Refused[] = [];
  const known = new Set<string>();
  for (const [index, column] of table.columns.entries()) {
    if (targets.includes(index) || index === named.weights) continue;
    const reason = unwanted(named, index);
    const asked = named.wanted?.includes(index) === true;
    const kind = kindOf(column, table.numbers);
    const twin = known.has(columnName(column)) ? twinOf(column) : undefined;
    const refusal = reason === undefined ? (refusalOf(column, kind, asked) ?? twin) : undefined;
    if (reason !== undefined) leftOut.push({ column, reason });
    else if (refusal !== undefined) refused.push(refusal);
    else if (kind === "empty") leftOut.push({ column, reason: "empty" });
    else if (kind === "date" && !asked) leftOut.push({ column, reason: "dates are used only if asked for" });
    else {
      inputs.push({ column, kind: kind === "text" || kind === "mixed" ? "category" : kind });
      known.add(columnName(column));
    }
  }
  return {
    ...{ targets: targets.map((index) => table.columns[index]), inputs, leftOut, refused },
    ...usesOf(table, named),
  };
}

/** The columns that are named for the examples' weights and groups. */
export const namedUses = (table: RawTable, { weights, groups }: ColumnOptions): Pick<Choice, "weights" | "groups"> =>
  usesOf(
    table,
    findNamed(table, { ...(weights !== undefined && { weights }), ...(groups !== undefined && { groups }) }),
  );

const usesOf = (
  table: RawTable,
  { weights, groups }: Pick<NamedColumns, "weights" | "groups">,
): Pick<Choice, "weights" | "groups"> => ({
  ...(weights !== undefined && { weights: table.columns[weights] }),
  ...(groups !== undefined && { groups: table.columns[groups] }),
});

/** Columns that options name, from 0. */
interface NamedColumns {
  readonly ignored: readonly number[];
  readonly wanted: readonly number[] | undefined;
  readonly set: number | undefined;
  readonly weights: number | undefined;
  readonly groups: number | undefined;
}

function findNamed(
  table: RawTable,
  { ignore = [], columns, weights, groups }: ColumnOptions,
  set?: ColumnRef,
): NamedColumns {
  for (const [option, given] of Object.entries({ ignore, columns }))
    if (given !== undefined && !Array.isArray(given))
      throw new TypeError(`${option}: ${quoteValue(given)} is no list of columns; give one, such as ["age", "city"]`);
  const names = table.columns.map(({ name }) => name);
  const find = (column: ColumnRef) => findColumn(names, table.name, column);
  const { targets } = table;
  const twice = targets.find((column, i) => targets.indexOf(column) < i);
  if (twice !== undefined)
    throw new DataError(table.name, `${columnLabel(table.columns[twice])} is to be predicted twice`, "name it once");
  const named = {
    ignored: ignore.map(find),
    wanted: columns?.map(find),
    set: set === undefined ? undefined : find(set),
    weights: weights === undefined ? undefined : find(weights),
    groups: groups === undefined ? undefined : find(groups),
  };
  checkWeightColumn(table, named);
  const both = [...named.ignored, ...(named.wanted ?? []), named.set, named.groups].find(
    (column) => column !== undefined && targets.includes(column),
  );
  if (both === undefined) return named;
  const advice = "a target cannot be an input, nor left out; name another target, or leave it off that list";
  throw new DataError(table.name, `${columnLabel(table.columns[both])} is the target`, advice);
}

/** @throws DataError for a column of weights that is also something else */
function checkWeightColumn({ name, columns, targets }: RawTable, { weights, wanted, set, groups }: NamedColumns): void {
  if (weights === undefined) return;
  const label = columnLabel(columns[weights]);
  if (targets.includes(weights))
    throw new DataError(
      name,
      `${label} holds the weights, and is the target, too`,
      `say what to predict: ${setting("--predict COLUMN", "target: a column")}`,
    );
  if (wanted?.includes(weights) || weights === set || weights === groups)
    throw new DataError(name, `${label} holds the weights, so it is nothing else`, "leave it off the other list");
}

function unwanted({ ignored, wanted, set, groups }: NamedColumns, index: number): string | undefined {
  if (ignored.includes(index)) return "ignored";
  if (set === index) return "names each row's set";
  if (groups === index) return "names each row's group";
  return wanted === undefined || wanted.includes(index) ? undefined : "not among the chosen columns";
}
