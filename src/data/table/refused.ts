import { DataError, quote, setting } from "../../files/index.ts";
import { otherwiseNumber, readNumber } from "../cells/number.ts";
import type { ColumnKind } from "./column-facts.ts";
import { dateOrder, MILLISECONDS, readDate } from "./date.ts";
import { ignoreSetting } from "./find-column.ts";
import { MOST_CATEGORIES } from "./kind.ts";
import { cellPlace, columnLabel, type RawColumn, type RawTable, type WordColumn } from "./raw-table.ts";
import { headerAdvice } from "./targets.ts";

/** A column that cannot become inputs. */
export interface Refused {
  readonly column: RawColumn;
  readonly why: "text" | "mixed" | "unclear" | "twin";
  /** In words. */
  readonly reason: string;
}

/** Whether and why a column cannot become inputs. Text can, if it is asked for by name. */
export function refusalOf(column: RawColumn, kind: ColumnKind, asked: boolean): Refused | undefined {
  const words = column.cells === "words" ? column.words : [];
  const isCut = column.cells === "words" && column.isCut === true;
  if (kind === "text" && (!asked || isCut))
    return { column, why: "text", reason: `text, ${isCut ? "more than " : ""}${words.length} different ones` };
  if (kind === "mixed") return { column, why: "mixed", reason: "not all numbers" };
  if (kind === "date" && asked && isCut)
    return { column, why: "text", reason: `more than ${words.length} different dates, in a table larger than memory` };
  if (kind === "date" && asked && dateOrder(words) === "unclear")
    return { column, why: "unclear", reason: "dates of which day or month may be first" };
  return undefined;
}

/** A column with the name of an earlier input: a net finds the columns of rows by their names. */
export const twinOf = (column: RawColumn): Refused => ({
  column,
  why: "twin",
  reason: "named as an earlier column is",
});

/** The error for the first of several refused columns; of text it names all. */
export function refusalError(table: RawTable, refused: readonly Refused[]): DataError {
  const first = refused.find(({ why }) => why !== "text");
  if (first?.why === "mixed") return mixedError(table, first.column);
  if (first?.why === "unclear") return unclearError(table, first.column);
  if (first?.why === "twin") return twinError(table, first.column);
  return textError(
    table,
    refused.map(({ column }) => column),
  );
}

/** Columns of one name, by their numbers. */
function twinError(table: RawTable, { name, number }: RawColumn): DataError {
  const numbers = table.columns.filter((column) => column.name === name).map((column) => column.number);
  const problem = `columns ${numbers.slice(0, 5).join(", ")} are all named ${quote(name)}; a net tells its inputs by their names`;
  const rest = numbers.filter((other) => other !== number);
  const choose = setting(`--columns ${rest[0]}`, `columns: [${rest[0]}]`);
  return new DataError(
    table.name,
    problem,
    `rename them, leave one out (${ignoreSetting([number])}) or choose: ${choose}`,
  );
}

/** Dates that may have the day or the month first: the first of them. */
function unclearError(table: RawTable, column: RawColumn): DataError {
  const { words, firstRows } = column.cells === "words" ? column : NONE;
  const readings = words.map((word) => [readDate(word, true), readDate(word, false)]);
  const code = Math.max(
    0,
    readings.findIndex(([a, b]) => a !== b),
  );
  const [dayFirst, monthFirst] = readings[code].map((days = 0) => new Date(days * MILLISECONDS));
  const said = [dayFirst, monthFirst].map((date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`).join(" or ");
  const ignore = ignoreSetting([column.number], namesOf(table));
  const advice = `write dates as ${dayFirst.toISOString().slice(0, 10)}, or leave the column out: ${ignore}`;
  return new DataError(cellPlace(table, firstRows[code], column), `${quote(words[code])} may be ${said}`, advice);
}

const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Date(Date.UTC(2000, month)).toLocaleString("en", { month: "long", timeZone: "UTC" }),
);

const namesOf = ({ columns }: RawTable): string[] => columns.map(({ name }) => name);

/** Names all columns of text at once. */
function textError(table: RawTable, [first, ...more]: readonly RawColumn[]): DataError {
  const words = first.cells === "words" ? first.words : [];
  const names = namesOf(table);
  const others =
    more.length === 0 ? "" : `, and so ${more.length === 1 ? "does" : "do"} ${more.map(columnLabel).join(", ")}`;
  const example = `${words.length} different words, such as ${quote(words[0])}`;
  const problem = `it holds text, ${example}${others}; at most ${MOST_CATEGORIES} different words are taken as categories`;
  const columns = [first, ...more].map(({ number }) => number);
  const advice = `leave ${more.length === 0 ? "it" : "them"} out: ${ignoreSetting(columns, names)}`;
  return new DataError(`${table.name}: ${columnLabel(first)}`, problem, advice);
}

/** The first cell that is not a number, in a column of numbers. */
function mixedError(table: RawTable, column: RawColumn): DataError {
  const { words, firstRows } = column.cells === "words" ? column : NONE;
  const code = words.findIndex((word) => readNumber(word, table.numbers) === undefined);
  const names = namesOf(table);
  const general = `correct it, or leave the column out: ${ignoreSetting([column.number], names)}`;
  const advice = otherwiseNumber(words[code], table.numbers) ?? general;
  const problem = `${quote(words[code])} is not a number, as other cells of the column are`;
  return new DataError(
    cellPlace(table, firstRows[code], column),
    problem,
    `${advice}${headerAdvice(table, firstRows[code])}`,
  );
}

const NONE: Pick<WordColumn, "words" | "firstRows"> = { words: [], firstRows: [] };
