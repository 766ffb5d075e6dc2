import { DataError, quote, setting } from "../../files/index.ts";
import { coded } from "./cells-column.ts";
import { findColumn } from "./find-column.ts";
import type { RawColumn, RawTable, TablePart } from "./raw-table.ts";

/** Tables whose rows are for validation or test. */
export interface OtherTables {
  readonly validation?: RawTable;
  readonly test?: RawTable;
}

/**
 * One table of several files: the rows of the first are to train on, those of the others belong to the validation or the test set.
 * Columns are matched by their names, or, without a header, by their order. Columns that only the others have are left out.
 *
 * @throws DataError for a column that another table lacks
 */
export function joinTables(train: RawTable, { validation, test }: OtherTables): RawTable {
  const others = [
    ...(validation ? [{ set: "validation" as const, table: validation }] : []),
    ...(test ? [{ set: "test" as const, table: test }] : []),
  ];
  if (others.length === 0) return train;
  const tables = [train, ...others.map(({ table }) => table)];
  const large = tables.find(({ kept }) => kept !== undefined);
  if (large !== undefined) {
    const column = setting("--split-by COLUMN", "split: { column }");
    const advice = `join the files into one, with a column that names each row's set: ${column}`;
    throw new DataError(large.name, "it is too large to be joined with other tables", advice);
  }
  const parts: TablePart[] = [partOf(train), ...others.map(({ set, table }) => ({ ...partOf(table), set }))];
  const columns = train.columns.map((column) =>
    joined(
      tables.map((table) => matching(table, train, column)),
      tables,
    ),
  );
  const { lines: _, ...rest } = train;
  return { ...rest, rows: tables.reduce((sum, { rows }) => sum + rows, 0), columns, parts };
}

const partOf = ({ name, rows, lines }: RawTable): TablePart => ({ name, rows, ...(lines && { lines }) });

function matching(table: RawTable, train: RawTable, { name, number }: RawColumn): RawColumn {
  if (table === train) return train.columns[number - 1];
  const names = table.columns.map((column) => column.name);
  if (name !== "" && names.some((each) => each !== "")) {
    if (names.includes(name)) return table.columns[findColumn(names, table.name, name)];
    throw new DataError(
      table.name,
      `it lacks the column ${quote(name)} of ${train.name}`,
      "give a table of the same columns",
    );
  }
  if (table.columns.length === train.columns.length) return table.columns[number - 1];
  const problem = `it has ${table.columns.length} columns, but ${train.name} has ${train.columns.length}`;
  throw new DataError(table.name, problem, "give a table of the same columns");
}

function joined(columns: readonly RawColumn[], tables: readonly RawTable[]): RawColumn {
  const [{ name, number }] = columns;
  const starts = tables.map((_, i) => tables.slice(0, i).reduce((sum, { rows }) => sum + rows, 0));
  const at = columns.findIndex(({ firstMissing }) => firstMissing !== undefined);
  const first = columns[at]?.firstMissing;
  const common = {
    ...{ name, number, missing: columns.reduce((sum, { missing }) => sum + missing, 0) },
    ...(first && { firstMissing: { row: first.row + starts[at], text: first.text } }),
  };
  if (columns.every((column) => column.cells === "numbers")) {
    const values = new Float64Array(tables.reduce((sum, { rows }) => sum + rows, 0));
    for (const [i, column] of columns.entries()) values.set(column.values, starts[i]);
    return { cells: "numbers", ...common, values };
  }
  return { cells: "words", ...common, ...coded(columns.flatMap(wordsOf)) };
}

/** The word of each row. */
const wordsOf = (column: RawColumn): (string | number | undefined)[] =>
  column.cells === "numbers"
    ? Array.from(column.values, (value) => (Number.isNaN(value) ? undefined : value))
    : Array.from(column.codes, (code) => column.words[code]);
