import { DataError, quote, setting } from "../../files/index.ts";
import { isMissing } from "../cells/missing.ts";
import { type NumberForm, readNumber } from "../cells/number.ts";

/** The first line and some lines below it, with cells trimmed. */
export interface Top {
  readonly file: string;
  readonly line: number;
  readonly cells: readonly string[];
  readonly below: readonly (readonly string[])[];
  readonly numbers: NumberForm;
  readonly notMissing?: readonly string[];
  /** The target's column, from 0: its cell may be a class, so a word in it proves nothing. */
  readonly target: number;
}

/** A first line of numbers can be judged a header only with at least this many rows of numbers below it. */
const ENOUGH = 5;

/**
 * Whether the first line names the columns.
 *
 * - Words and no number among its inputs: it does, unless one of them occurs below in its column and none is above numbers.
 * - Numbers that count the columns, 0, 1, 2, …, as programs without names write them: it does.
 * - Equally spaced whole numbers above inputs that all have fractions: it does.
 * - Numbers in rising or falling order, each far from all numbers below it, as the years 2019, 2020, 2021 above
 *   shares: it does.
 * - Words, and equally spaced whole numbers, if all cells below the words are numbers: it does.
 * - Equally spaced numbers, or years, and for the target a word that no row has, while other targets repeat: it does.
 * - Otherwise it does not.
 *
 * @throws DataError if numbers may be either
 */
export function hasHeader(top: Top): boolean {
  const inputs = top.cells.filter((_, column) => column !== top.target);
  const words = inputs.filter((cell) => isWord(cell, top));
  const numbers = inputs.filter((cell) => numberIn(cell, top) !== undefined);
  if (words.length > 0 && numbers.length > 0) return namesSome(top);
  if (numbers.length > 0)
    return isNumbered(top) || isAboveFractions(top) || isBesideName(top) || isFarOff(top) || mayName(top);
  // A column of row numbers has no name, and may be the only input.
  if (inputs.every((cell) => cell === "")) return isWord(top.cells[top.target], top) && !occursBelow(top, top.target);
  // Some words for a missing value are names as well, such as Na, sodium.
  if (words.length <= inputs.filter((cell) => cell !== "" && isMissing(cell, top.notMissing)).length) return false;
  return isAboveNumbers(top) || ![...top.cells.keys()].some((column) => occursBelow(top, column));
}

/** Whether a word among the inputs is above numbers alone. */
const isAboveNumbers = (top: Top): boolean =>
  [...top.cells.keys()].some((column) => {
    if (column === top.target || !isWord(top.cells[column], top)) return false;
    const below = columnBelow(top, column);
    return below.length > 0 && numbersBelow(top, column).length === below.length;
  });

const numberIn = (cell: string, { numbers }: Top): number | undefined => readNumber(cell, numbers);

const isWord = (cell: string, top: Top): boolean =>
  numberIn(cell, top) === undefined && !isMissing(cell, top.notMissing);

/** The cells below a cell of the first line that are not missing. */
const columnBelow = ({ below, notMissing }: Top, column: number): string[] =>
  below.map((cells) => cells[column] ?? "").filter((cell) => !isMissing(cell, notMissing));

const occursBelow = (top: Top, column: number): boolean => columnBelow(top, column).includes(top.cells[column]);

const numbersBelow = (top: Top, column: number): number[] =>
  columnBelow(top, column)
    .map((cell) => numberIn(cell, top))
    .filter((value) => value !== undefined);

/** The columns whose first cell is a number. */
const numberColumns = (top: Top): number[] =>
  [...top.cells.keys()].filter((column) => numberIn(top.cells[column], top) !== undefined);

/** The distance between neighbouring whole numbers, if all are equally spaced: 1 for 2019, 2020, 2021. */
function stepOf(cells: readonly string[], top: Top): number | undefined {
  const values = cells.map((cell) => numberIn(cell, top) ?? Number.NaN);
  const step = values[1] - values[0];
  const even = values.every((value, i) => Number.isInteger(value) && value === values[0] + i * step);
  return even && values.length > 1 && step !== 0 ? step : undefined;
}

/** Words and numbers: "id", 2019, 2020. A damaged row is no header: 1, 2x, 3. */
function namesSome(top: Top): boolean {
  const words = [...top.cells.keys()].filter((column) => isWord(top.cells[column], top));
  const columns = numberColumns(top);
  const numbers = columns.map((column) => top.cells[column]);
  const step = stepOf(numbers, top);
  if (step === undefined || (columns.length < 3 && !columns.every((column) => isFar(top, column)))) return false;
  const aboveNumbers = (column: number) => numbersBelow(top, column).length === columnBelow(top, column).length;
  const counted = columns.length > 3 && step === 1 && /^[01]$/.test(numbers[0]);
  return words.every(
    (column) =>
      /^[\p{L}_]/u.test(top.cells[column]) &&
      !occursBelow(top, column) &&
      (column === top.target || counted || aboveNumbers(column)),
  );
}

/** 0, 1, 2, …, perhaps after an unnamed column of row numbers, or with a word for the target. */
function isNumbered(top: Top): boolean {
  const { cells, target } = top;
  const unnamed = cells[0] === "" ? 1 : 0;
  const worded = isWord(cells[target], top);
  const named = cells.filter((_, column) => column >= unnamed && !(worded && column === target));
  if (named.length < 2 || named.some((cell, i) => cell !== `${i}`)) return false;
  if (unnamed === 1) return isUnique(columnBelow(top, 0));
  if (worded) return !occursBelow(top, target) && !goesOn(top);
  if (columnBelow(top, target).some((cell) => isWord(cell, top))) return true;
  if (goesOn(top) && (named.length === 2 || occursBelow(top, target) || continues(top, target))) return false;
  if (named.length > 3 || cells.every((_, column) => isFraction(top, column))) return true;
  if (cells.every((_, column) => occursBelow(top, column)) || named.length < 3) throw unclear(top);
  return true;
}

/** Whether the rows continue the first line's pattern: 0, 1, 2 above 3, 4, 5 and 6, 7, 8. */
const goesOn = (top: Top): boolean =>
  [...top.cells.keys()].every((column) => column === top.target || continues(top, column));

/** Whether the first three numbers of a column are equally spaced. */
function continues(top: Top, column: number): boolean {
  const first = numberIn(top.cells[column], top) ?? Number.NaN;
  const [second, third] = numbersBelow(top, column);
  return second !== first && Math.abs(third - second - (second - first)) <= 1e-9 * Math.abs(second - first);
}

/** Row numbers are. */
const isUnique = (cells: readonly string[]): boolean => new Set(cells).size === cells.length;

/** Whether all numbers below are written with fractions. */
function isFraction(top: Top, column: number): boolean {
  const cells = columnBelow(top, column);
  return cells.length >= ENOUGH && cells.every((cell) => cell.includes(top.numbers.decimal));
}

/** Equally spaced whole numbers, such as 10, 20, 30, above inputs that are not. */
function isAboveFractions(top: Top): boolean {
  const columns = numberColumns(top);
  const numbers = columns.map((column) => top.cells[column]);
  if (columns.length < 3 || stepOf(numbers, top) === undefined) return false;
  const inputs = columns.filter((column) => column !== top.target);
  return inputs.every((column) => isFraction(top, column)) && !occursBelow(top, top.target) && !goesOn(top);
}

/** Numbers beside a word for the target that cannot be a class: 5, 10, 15, "label" above cats and dogs. */
function isBesideName(top: Top): boolean {
  if (!namesTarget(top) || goesOn(top)) return false;
  const columns = numberColumns(top);
  const areYears = (cells: readonly string[]) => columns.every((column) => isYear(cells[column]));
  const areEven = (cells: readonly string[]) => isEven(columns.map((column) => numberIn(cells[column] ?? "", top)));
  // By chance some rows of small whole numbers are even, too.
  const isOdd = (like: (cells: readonly string[]) => boolean) =>
    like(top.cells) && top.below.filter(like).length * 2 < top.below.length;
  return isOdd(areEven) || (columns.length > 1 && isOrdered(valuesOf(top, columns)) && isOdd(areYears));
}

/**
 * False, unless increasing or decreasing numbers, or years, stand beside a name for the target: a class may have a single row.
 *
 * @throws DataError for these
 */
function mayName(top: Top): boolean {
  const columns = numberColumns(top);
  const years = columns.every((column) => isYear(top.cells[column]));
  if (namesTarget(top) && (years || isOrdered(valuesOf(top, columns)))) throw unclear(top);
  return false;
}

const valuesOf = (top: Top, columns: readonly number[]): number[] =>
  columns.map((column) => numberIn(top.cells[column], top) ?? Number.NaN);

/** Whether the target's first cell is a word that no row has, above numbers, or above classes of several rows. */
function namesTarget(top: Top): boolean {
  const below = columnBelow(top, top.target);
  if (!isWord(top.cells[top.target], top) || !/^[\p{L}_]/u.test(top.cells[top.target])) return false;
  if (below.length < ENOUGH || occursBelow(top, top.target)) return false;
  return numbersBelow(top, top.target).length === below.length || new Set(below).size * 2 <= below.length;
}

/** Three or more equally spaced numbers, up to rounding: 0.1, 0.2, 0.3. */
function isEven(values: readonly (number | undefined)[]): boolean {
  const [first = Number.NaN, second = Number.NaN] = values;
  const step = second - first;
  const isNext = (value = Number.NaN, i = 0) => Math.abs(value - first - i * step) <= 1e-6 * Math.abs(step);
  return values.length > 2 && step !== 0 && values.every(isNext);
}

const isOrdered = (values: readonly number[]): boolean =>
  [1, -1].some((sign) => values.every((value, i) => i === 0 || sign * (value - values[i - 1]) > 0));

const isYear = (cell: string | undefined): boolean => /^(19|20)\d\d$/.test(cell ?? "");

/** Whether the first line's numbers are far from those below, in each column. */
function isFarOff(top: Top): boolean {
  const { cells, target } = top;
  const worded = isWord(cells[target], top);
  if (worded && occursBelow(top, target)) return false;
  const columns = [...cells.keys()].filter((column) => column !== target || !worded);
  const aboveWords = (column: number) => column === target && numbersBelow(top, column).length === 0;
  if (!columns.every((column) => isFar(top, column) || aboveWords(column))) {
    if (isYears(top)) throw unclear(top);
    return false;
  }
  const values = valuesOf(top, columns);
  if (values.length > 2 && isOrdered(values)) return true;
  throw unclear(top);
}

/** Years such as 2019, 2020, 2021, unless another row has or continues them. */
function isYears(top: Top): boolean {
  const areYears = (cells: readonly string[]) => cells.length > 2 && stepOf(cells, top) === 1 && cells.every(isYear);
  return areYears(top.cells) && !top.below.some(areYears) && !goesOn(top);
}

/** Whether a number is further from those below it than these are from each other. */
function isFar(top: Top, column: number): boolean {
  const below = numbersBelow(top, column);
  const value = numberIn(top.cells[column], top) ?? Number.NaN;
  const [least, most] = [Math.min(...below), Math.max(...below)];
  return below.length >= ENOUGH && Math.max(least - value, value - most) > most - least;
}

function unclear({ file, line, cells }: Top): DataError {
  const shown = cells.slice(0, 5).map((cell) => (cell.length > 10 ? `${cell.slice(0, 10)}…` : cell));
  const names = quote(shown.join(", ") + (cells.length > 5 ? ", …" : ""));
  const advice = `say ${setting("--header", "header: true")} or ${setting("--no-header", "header: false")}`;
  return new DataError(`${file}: line ${line}`, `${names} may be the columns' names, or a row of data`, advice);
}
