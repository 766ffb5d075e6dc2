import { faultOfNumbers, isListOfNumbers, nearestName, quoteValue, someOf } from "../../arguments/index.ts";
import { DataError, quote } from "../../files/index.ts";
import { isMissing } from "../cells/missing.ts";
import type { NumberForm } from "../cells/number.ts";
import { type Cell, columnValues, isOwnWord, readCell, takesMissing, wantedWords, writeInputs } from "./encode.ts";
import {
  type ColumnInputs,
  type InputColumn,
  inputCount,
  type Preprocessing,
  type ValueInputs,
  widthOf,
} from "./preprocessing.ts";
import { cellPlace, columnLabel, columnName, type RawColumn, type RawTable } from "./raw-table.ts";

/**
 * A row to predict from: an object with a `Cell` for each column, by its name, such as your own interface's; or an array of an example's
 * values, such as the pixels of an image.
 */
export type RawRow = object | ArrayLike<number>;

/** Rows to predict from, in JavaScript: what is decimal is written with a point. */
const FORM: NumberForm = { decimal: "." };

/**
 * The inputs of rows, one after the other: rows × inputs. Columns are matched by name; others are ignored.
 *
 * @throws TypeError for a row of another kind, and a cell of the wrong type; RangeError for an array of another length, a column
 * that is missing, and a missing value where the training set had none
 */
export function inputsOfRows(rows: readonly RawRow[], { inputs }: Preprocessing): Float64Array {
  if (!Array.isArray(rows)) throw new TypeError(`predict: the rows are ${quoteValue(rows)}; give a list of them`);
  return inputs.kind === "columns" ? fromObjects(rows, inputs) : fromArrays(rows, inputs);
}

function fromObjects(rows: readonly unknown[], inputs: ColumnInputs): Float64Array {
  const width = inputs.columns.reduce((sum, column) => sum + widthOf(column), 0);
  const out = new Float64Array(rows.length * width);
  let at = 0;
  for (const [i, row] of rows.entries()) {
    if (!isRow(row)) {
      const example = inputs.columns.slice(0, 3).map(({ name }) => `${JSON.stringify(name)}: …`);
      throw new TypeError(`predict: row ${i + 1} is ${quoteValue(row)}; give an object: { ${example.join(", ")} }`);
    }
    for (const column of inputs.columns) {
      writeInputs(column, valueIn(row, column, i, inputs), out, at);
      at += widthOf(column);
    }
  }
  return out;
}

const isRow = (row: unknown): row is Readonly<Record<string, unknown>> =>
  typeof row === "object" && row !== null && !Array.isArray(row) && !ArrayBuffer.isView(row);

/** The value of a column in a row, NaN if it is missing. */
function valueIn(
  row: Readonly<Record<string, unknown>>,
  column: InputColumn,
  index: number,
  { columns }: ColumnInputs,
): number {
  const { name } = column;
  if (!Object.hasOwn(row, name)) {
    // Another input of the net cannot be this one, misspelt.
    const unused = Object.keys(row).filter((key) => columns.every((each) => each.name !== key));
    const near = nearestName(name, unused);
    const advice = near === undefined ? "give it, or null if it is missing" : `is it ${quote(near)}?`;
    throw new RangeError(`predict: row ${index + 1} has no ${quote(name)}; ${advice}`);
  }
  const cell = row[name];
  if (isMissingCell(cell, column)) {
    if (takesMissing(column)) return Number.NaN;
    const why = "no value was missing in the training set, so nothing stands for one";
    throw new RangeError(`predict: row ${index + 1}: ${quote(name)} is missing; ${why}: give ${wantedWords(column)}`);
  }
  const value = isCell(cell) ? readCell(column, cell, FORM) : undefined;
  if (value !== undefined) return value;
  throw new TypeError(`predict: row ${index + 1}: ${quote(name)} is ${quoteValue(cell)}; give ${wantedWords(column)}`);
}

const isMissingCell = (cell: unknown, column: InputColumn): boolean =>
  typeof cell === "string"
    ? isMissing(cell.trim()) && !isOwnWord(column, cell)
    : cell === null || cell === undefined || Number.isNaN(cell);

const isCell = (cell: unknown): cell is Exclude<Cell, null | undefined> =>
  ["string", "number", "boolean", "bigint"].includes(typeof cell) || cell instanceof Date;

function fromArrays(rows: readonly unknown[], inputs: ValueInputs): Float64Array {
  const { shape, mean, deviation } = inputs;
  const size = shape.reduce((product, length) => product * length, 1);
  const out = new Float64Array(rows.length * size);
  const run = size / mean.length;
  for (const [i, row] of rows.entries()) {
    const fault = faultOfNumbers(row);
    const wanted = `give ${size} numbers, of shape ${shape.join(" × ")}`;
    if (!isListOfNumbers(row) || fault !== undefined)
      throw new TypeError(`predict: row ${i + 1} ${fault ?? "is no array"}; ${wanted}`);
    if (row.length !== size) throw new RangeError(`predict: row ${i + 1} has ${row.length} values; ${wanted}`);
    for (let k = 0; k < size; k++) {
      const part = Math.floor(k / run);
      out[i * size + k] = (row[k] - mean[part]) / deviation[part];
    }
  }
  return out;
}

/**
 * The inputs of a table's rows: rows × inputs. Columns are matched by name, in any order; others are ignored.
 *
 * @throws DataError for columns that the table lacks, cells that their column cannot take, and missing cells where the training
 * set had none
 */
export function inputsOfTable(table: RawTable, preprocessing: Preprocessing): Float64Array {
  const width = inputCount(preprocessing);
  const out = new Float64Array(table.rows * width);
  let offset = 0;
  for (const { column, raw, values } of columnsOfTable(table, preprocessing)) {
    const hole = takesMissing(column) ? -1 : values.findIndex(Number.isNaN);
    if (hole >= 0) {
      const problem = "the cell is missing, and in the training set none was, so nothing stands for it";
      throw new DataError(cellPlace(table, hole, raw), problem, `fill it in with ${wantedWords(column)}`);
    }
    for (const [row, value] of values.entries()) writeInputs(column, value, out, row * width + offset);
    offset += widthOf(column);
  }
  return out;
}

/**
 * The columns of a table that a net takes, in its order, with the value of each row.
 *
 * @throws DataError for columns that the table lacks, and cells that their column cannot take
 */
export const columnsOfTable = (table: RawTable, preprocessing: Preprocessing) =>
  matchedColumns(table, preprocessing).map(({ column, raw }) => {
    const values = columnValues(column, raw, table.numbers, (row) => strayCell(table, raw, column, row));
    return { column, raw, values };
  });

/**
 * The columns of a table that a net takes, in its order.
 *
 * @throws DataError for columns that the table lacks
 */
export function matchedColumns(
  table: RawTable,
  { inputs, target }: Preprocessing,
): { readonly column: InputColumn; readonly raw: RawColumn }[] {
  const columns = inputs.kind === "columns" ? inputs.columns : valueColumns(inputs);
  const names = table.columns.map(columnName);
  const missing = columns.filter(({ name }) => !names.includes(name)).map(({ name }) => name);
  if (missing.length > 0) {
    const known = [...columns.map(({ name }) => name), ...(target.kind === "classes" ? [target.name] : target.names)];
    const unknown = names.filter((name, at) => !table.targets.includes(at) && !known.includes(name));
    const near = nearestName(missing[0], unknown);
    const has = near === undefined ? `it has ${someOf(names.map(quote))}` : `is it the column ${quote(near)}?`;
    const problem = `there is no column ${someOf(missing.map(quote))}, which the net predicts from`;
    throw new DataError(table.name, problem, has);
  }
  const twice = columns.find(({ name }) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined)
    throw new DataError(table.name, `two columns are named ${quote(twice.name)}`, "leave one out");
  return columns.map((column) => ({ column, raw: table.columns[names.indexOf(column.name)] }));
}

/** An example's values as columns: "column 1", "column 2", … */
function valueColumns({ shape, mean, deviation }: ValueInputs): InputColumn[] {
  const size = shape.reduce((product, length) => product * length, 1);
  const run = size / mean.length;
  return Array.from({ length: size }, (_, i) => {
    const part = Math.floor(i / run);
    return { kind: "number", name: `column ${i + 1}`, mean: mean[part], deviation: deviation[part] };
  });
}

/** Throws a DataError for a cell that its column cannot take. */
export function strayCell(table: RawTable, raw: RawColumn, column: InputColumn, row: number): never {
  const cell = raw.cells === "numbers" ? raw.values[row] : raw.words[raw.codes[row]];
  throw new DataError(
    cellPlace(table, row, raw),
    `${quoteValue(cell)} is not ${wantedWords(column)}`,
    `correct it, in ${columnLabel(raw)}`,
  );
}
