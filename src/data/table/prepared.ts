import { DataError } from "../../files/index.ts";
import { isMissing } from "../cells/missing.ts";
import type { Standardization, Task } from "../dataset.ts";
import { type Choice, type ColumnOptions, namedUses } from "./choose.ts";
import { columnValues, meaningsOf, ownWords, takesMissing } from "./encode.ts";
import type { MeasuredColumn } from "./measure.ts";
import type { InputColumn, Preprocessing } from "./preprocessing.ts";
import { matchedColumns, strayCell } from "./raw-inputs.ts";
import { columnLabel, columnName, type RawColumn, type RawTable } from "./raw-table.ts";
import { readTargets, roomForClasses, type Targets } from "./targets.ts";

/** The columns of a table as a saved preprocessing takes them. */
export interface Prepared {
  readonly choice: Choice;
  /** The columns where nothing stands for a missing cell. */
  readonly whole: Choice;
  readonly columns: readonly MeasuredColumn[];
}

/** @throws DataError for columns that the table lacks, cells that their column cannot take, and a target that is an input */
export function prepareTable(table: RawTable, preprocessing: Preprocessing, options: ColumnOptions): Prepared {
  const found = matchedColumns(table, preprocessing);
  const uses = namedUses(table, options);
  const targets = table.targets.map((at) => table.columns[at]);
  const both = targets.find((target) => found.some(({ raw }) => raw === target));
  if (both !== undefined)
    throw new DataError(table.name, `${columnLabel(both)} is the target, and the net predicts from it`, "name another");
  const inputs = found.map(({ column, raw }) => ({ column: raw, kind: column.kind, takes: takesMissing(column) }));
  const leftOut = table.columns
    .filter(
      (column) => column !== uses.weights && !targets.includes(column) && found.every(({ raw }) => raw !== column),
    )
    .map((column) => ({ column, reason: "no input of the net" }));
  return {
    choice: { targets, inputs, leftOut, ...uses },
    whole: { targets, inputs: inputs.filter(({ takes }) => !takes), leftOut, ...uses },
    columns: found.map(({ column, raw }) => preparedColumn(table, column, raw)),
  };
}

function preparedColumn(table: RawTable, input: InputColumn, raw: RawColumn): MeasuredColumn {
  const onStray = (row: number): never => strayCell(table, raw, input, row);
  if (raw.cells === "numbers" && input.kind !== "number")
    return { input, column: { ...raw, values: columnValues(input, raw, table.numbers, onStray) } };
  const meanings = meaningsOf(input, raw, table.numbers, onStray);
  return { input, column: raw, ...(meanings && { meanings }) };
}

/**
 * The targets as a saved preprocessing has them: of the same name, with the same classes or a part of them, in its order. Others are
 * read as those of a new table.
 */
export function targetsLike(
  table: RawTable,
  columns: readonly RawColumn[],
  { target }: Preprocessing,
  task?: Task,
): Targets {
  const usual = target.kind === "classes" ? "classification" : "regression";
  if (!hasNames(columns, target) || (task !== undefined && task !== usual)) return readTargets(table, columns, task);
  const read = readTargets(table, columns, usual);
  if (target.kind === "values") return read;
  const index = read.classes.map((name) => target.classes.indexOf(name));
  if (index.includes(-1)) return read;
  const values = roomForClasses(target.classes.length, read.values.length);
  for (let row = 0; row < values.length; row++) values[row] = index[read.values[row]];
  return { ...read, classes: target.classes, values };
}

/** The scaling of a regression's targets if they are those of a saved preprocessing. */
export const scalingLike = (
  columns: readonly RawColumn[],
  { target }: Preprocessing,
  { task }: Targets,
): Standardization | undefined =>
  target.kind === "values" && task === "regression" && hasNames(columns, target)
    ? { mean: target.mean, deviation: target.deviation }
    : undefined;

function hasNames(columns: readonly RawColumn[], target: Preprocessing["target"]): boolean {
  const names = target.kind === "classes" ? [target.name] : target.names;
  return columns.length === names.length && columns.every((column, i) => columnName(column) === names[i]);
}

/** Whether outputs stand for the same: classes, or values in the same unit. */
export const sameTarget = (a: Preprocessing["target"], b: Preprocessing["target"]): boolean =>
  JSON.stringify(meaningOf(a)) === JSON.stringify(meaningOf(b));

/** Without the baselines. */
const meaningOf = (target: Preprocessing["target"]) => ({
  ...target,
  majority: undefined,
  isTied: undefined,
  baseline: undefined,
});

/** How the text of a table is read so that its cells are those of a saved preprocessing: options that were not given otherwise. */
export function readingLike({ inputs, target }: Preprocessing): {
  readonly target: string[] | undefined;
  readonly spelled: string[];
  /** Words that are values, although they usually stand for a missing one. */
  readonly notMissing: string[];
  readonly header: true | undefined;
} {
  const columns = inputs.kind === "columns" ? inputs.columns : [];
  const words = columns.filter(({ kind }) => kind === "category" || kind === "boolean").map(({ name }) => name);
  const values = [...columns.flatMap(ownWords), ...(target.kind === "classes" ? target.classes : [])];
  const names = target.kind === "classes" ? [target.name] : target.names;
  const targets = names.filter((name) => name !== undefined);
  return {
    target: targets.length === 0 ? undefined : targets,
    spelled: [...words, ...(target.kind === "classes" ? targets : [])],
    notMissing: [...new Set(values)].filter((word) => word !== "" && isMissing(word)),
    header: columns.some(({ name }) => !/^column \d+$/.test(name)) || undefined,
  };
}
