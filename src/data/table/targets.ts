import { DataError, quote, setting } from "../../files/index.ts";
import { exactNumber, otherwiseNumber, readNumber } from "../cells/number.ts";
import type { Task } from "../dataset.ts";
import { predictSetting } from "./find-column.ts";
import {
  cellPlace,
  columnLabel,
  type RawColumn,
  type RawTable,
  spellNumbers,
  type WordColumn,
  wordCounts,
} from "./raw-table.ts";

/** What is to be predicted, for each row. */
export interface Targets {
  readonly task: Task;
  /** Names of the classes, by index; empty for a regression. */
  readonly classes: readonly string[];
  /** rows × columns: the values to predict, NaN where one is missing; or a class index, and any where it is missing. */
  readonly values: ArrayLike<number>;
}

/** With more different whole numbers than this, the target is a quantity (an age, a price) and not a class. */
const MOST_WHOLE_CLASSES = 20;

const CLASSIFICATION = setting("--task classification", 'task: "classification"');
const REGRESSION = setting("--task regression", 'task: "regression"');

/**
 * Unless `task` decides, words and a few whole numbers are classes, and other numbers are for regression. Several columns are a
 * regression.
 *
 * @throws DataError for numbers beside words, spellings of one number, a single class, classes of single rows, and several
 * columns that are not numbers
 */
export function readTargets(table: RawTable, columns: readonly RawColumn[], task?: Task): Targets {
  if (columns.length === 1) return oneTarget(table, columns[0], task);
  if (task === "classification") {
    const named = columns.map(columnLabel).join(" and ");
    throw new DataError(table.name, `${named} cannot be classes together`, "name one column to predict classes");
  }
  const values = new Float64Array(table.rows * columns.length);
  for (const [at, column] of columns.entries()) {
    const own = numbersOf(table, column, "regression");
    for (let row = 0; row < table.rows; row++) values[row * columns.length + at] = own[row];
  }
  return { task: "regression", classes: [], values };
}

function oneTarget(table: RawTable, column: RawColumn, task?: Task): Targets {
  if (column.cells === "numbers" && task !== "classification" && !mayBeClasses(column.values))
    return { task: "regression", classes: [], values: numbersOf(table, column, task) };
  const spelled = column.cells === "words" ? column : spellNumbers(column);
  const { words } = spelled;
  if (words.length === 0)
    throw new DataError(`${table.name}: ${columnLabel(column)}`, "every target is missing", "choose another column");
  if (spelled.isCut) {
    const problem = `it holds more than ${words.length} different words, such as ${quote(words[0])}`;
    throw new DataError(`${table.name}: ${columnLabel(column)}`, problem, "choose another column to predict");
  }
  const numbers = words.map((word) => readNumber(word, table.numbers));
  const isNumeric = numbers.every((value) => value !== undefined);
  if (task !== "classification" && !isNumeric) refuseMixture(table, spelled, numbers, task);
  if (isNumeric && task !== "classification") {
    if (task === "regression" || !areClasses(spelled, numbers, table))
      return { task: "regression", classes: [], values: numbersOf(table, spelled, task) };
    refuseSpellings(table, spelled);
  }
  return classify(table, spelled, isNumeric);
}

/** Whether numbers are whole and few, and not all missing. */
function mayBeClasses(values: Float64Array): boolean {
  const different = new Set<number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value) || different.add(value).size > MOST_WHOLE_CLASSES) return false;
  }
  return true;
}

/** Whether numbers are whole and few, and repeat: in a short table prices may be few, too. */
function areClasses(column: WordColumn, values: readonly unknown[], { numbers, rows }: RawTable): boolean {
  if (!values.every(Number.isInteger)) return false;
  const different = new Set(column.words.map((word) => exactNumber(word, numbers))).size;
  return different <= MOST_WHOLE_CLASSES && 2 * different <= rows - column.missing;
}

/** Classes are named as spelled. Numbers are sorted by value, words by their characters. */
function classify(table: RawTable, column: WordColumn, isNumeric: boolean): Targets {
  const { words, codes } = column;
  const number = (label: string) => readNumber(label, table.numbers) ?? Number.NaN;
  const sorted = [...words].sort();
  const classes = isNumeric ? sorted.sort((a, b) => number(a) - number(b)) : sorted;
  const where = `${table.name}: ${columnLabel(column)}`;
  const labelled = wordCounts(column).reduce((sum, count) => sum + count, 0);
  if (classes.length === 1) {
    throw new DataError(where, `every row has the same class, ${quote(classes[0])}`, "expected at least two classes");
  }
  if (classes.length * 2 > labelled) {
    const problem = `${labelled} rows have ${classes.length} different classes`;
    const example = otherTarget(table, column);
    const advice = `choose a target whose values repeat${example}, or the task regression: ${REGRESSION}`;
    throw new DataError(where, problem, advice);
  }
  const index = new Map(classes.map((label, i) => [label, i]));
  const classOf = words.map((word) => index.get(word) ?? Number.NaN);
  const values = roomForClasses(classes.length, codes.length);
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) values[row] = classOf[codes[row]];
  return { task: "classification", classes, values };
}

/** Room for a class index of each row, as small as it may be: a table may have very many rows. */
export function roomForClasses(classes: number, rows: number): Uint8Array | Uint16Array | Uint32Array {
  if (classes <= 2 ** 8) return new Uint8Array(rows);
  return classes <= 2 ** 16 ? new Uint16Array(rows) : new Uint32Array(rows);
}

/** The first other column whose words repeat: `, such as --predict region`. */
function otherTarget({ columns, rows }: RawTable, target: WordColumn): string {
  const other = columns.find(
    ({ number, ...cells }) => number !== target.number && cells.cells === "words" && repeats(cells.words, rows),
  );
  if (other === undefined) return "";
  return `, such as ${predictSetting(
    other.number,
    columns.map(({ name }) => name),
  )}`;
}

const repeats = (words: readonly string[], rows: number): boolean => words.length > 1 && words.length * 2 <= rows;

/** 007 and 7 may be two names or one number. */
function refuseSpellings(table: RawTable, column: WordColumn): void {
  const seen = new Map<string, number>();
  for (const [code, word] of column.words.entries()) {
    const number = exactNumber(word, table.numbers);
    const first = seen.get(number) ?? code;
    seen.set(number, first);
    if (first === code) continue;
    const where = table.lines
      ? `line ${table.lines.at(column.firstRows[first])}`
      : `row ${column.firstRows[first] + 1}`;
    const problem = `${quote(word)} is the same number as ${quote(column.words[first])} in ${where}`;
    const advice = `spell it one way, or keep each spelling as a separate class: ${CLASSIFICATION}`;
    throw new DataError(cellPlace(table, column.firstRows[code], column), problem, advice);
  }
}

/** All targets must be numbers if one is, or looks like one, or if `task` is regression. */
function refuseMixture(table: RawTable, column: WordColumn, numbers: readonly unknown[], task?: Task): void {
  const { words, firstRows } = column;
  const strange = [...words.keys()].filter((code) => numbers[code] === undefined);
  const looks = strange.find((code) => otherwiseNumber(words[code], table.numbers) !== undefined);
  if (looks === undefined && task === undefined && strange.length === words.length) return;
  const odd = looks ?? strange[0];
  if (odd === undefined) return;
  const problem = `${quote(words[odd])} is not a number${strange.length < words.length ? ", as other targets are" : ""}`;
  const say = `to have classes, say ${CLASSIFICATION}${looks === undefined ? headerAdvice(table, firstRows[odd]) : ""}`;
  const advice = `${otherwiseNumber(words[odd], table.numbers) ?? "correct it"}; ${say}`;
  throw new DataError(cellPlace(table, firstRows[odd], column), problem, advice);
}

/** Advice for a first line that cannot be a row. */
export const headerAdvice = ({ form }: RawTable, row: number): string =>
  row === 0 && form?.header === false
    ? `; if the line names the columns, say ${setting("--header", "header: true")}`
    : "";

/** The values of a column of numbers, NaN where they are missing. */
function numbersOf(table: RawTable, column: RawColumn, task?: Task): Float64Array | Float32Array {
  if (column.cells === "numbers") return table.kept ? compact(column.values) : column.values;
  const numbers = column.words.map((word) => readNumber(word, table.numbers));
  if (numbers.includes(undefined)) refuseMixture(table, column, numbers, task);
  const large = numbers.findIndex((value) => value !== undefined && !Number.isFinite(value));
  if (large >= 0) {
    const where = cellPlace(table, column.firstRows[large], column);
    throw new DataError(where, `${quote(column.words[large])} is too large for double precision`, "rescale the column");
  }
  const values = new Float64Array(column.codes.length);
  for (const [row, code] of column.codes.entries()) values[row] = numbers[code] ?? Number.NaN;
  return table.kept ? compact(values) : values;
}

/** The same values in single precision, if that holds all of them exactly. */
function compact(values: Float64Array): Float64Array | Float32Array {
  for (const value of values) if (Math.fround(value) !== value && !Number.isNaN(value)) return values;
  return Float32Array.from(values);
}
