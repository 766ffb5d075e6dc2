import { DataError } from "../../files/index.ts";
import { isComment } from "../cells/comment.ts";

/** One record of a text: a row of a table. */
export interface CsvRecord {
  /** The line of the file on which the record begins, from 1. */
  readonly line: number;
  /** The record's cells, without their quotes; not trimmed. */
  readonly cells: readonly string[];
}

/** A place in the text, and its line, from 1. */
export interface Place {
  readonly at: number;
  readonly line: number;
}

/** Which of the lines that begin with # are skipped. */
export type Comments = "none" | "all" | "all but the first";

/** A row with more cells is not a table to train on, but a file that lost its line breaks. */
const MOST_CELLS = 100_000;

/**
 * Comma-separated values as RFC 4180 has them: a cell in double quotes may hold delimiters, line breaks and doubled
 * quotes. Blanks may surround the quotes. Lines end in LF, CR LF or CR; blank lines are skipped. Time and memory are linear in
 * the text.
 *
 * @param file names the text in errors
 * @param delimiter one character; a blank stands for any run of blanks and tabs, and those at the ends of a line are ignored
 * @param start where to begin; default: at the first character, past a byte-order mark
 * @param comments whether to skip lines that begin with #: all of them, or all but one at the start
 * @throws DataError for a quote that is never closed, or closed in the middle of a cell
 */
export function* csvRecords(
  text: string,
  file: string,
  delimiter = ",",
  start: Place = firstPlace(text),
  comments: Comments = "none",
): Generator<CsvRecord> {
  const cursor: Cursor = { text, file, delimiter: delimiter.charCodeAt(0), runs: delimiter === " ", ...start };
  while (cursor.at < text.length) {
    const isSkipped = comments === "all" || (comments !== "none" && cursor.at > start.at);
    if (isSkipped && isComment(text, cursor.at)) {
      passLine(cursor);
      continue;
    }
    const { line } = cursor;
    const cells = readRecord(cursor);
    if (cells.length > 1 || cells[0].trim() !== "") yield { line, cells };
  }
}

export const firstPlace = (text: string): Place => ({ at: text.startsWith("\ufeff") ? 1 : 0, line: 1 });

interface Cursor {
  readonly text: string;
  readonly file: string;
  /** Its character code. */
  readonly delimiter: number;
  /** Whether runs of blanks are the delimiter. */
  readonly runs: boolean;
  at: number;
  line: number;
}

const [TAB, LINE_FEED, RETURN, BLANK, QUOTE] = [...'\t\n\r "'].map((character) => character.charCodeAt(0));

/** Reads to the end of the record and past its line break. */
function readRecord(cursor: Cursor): string[] {
  const cells: string[] = [];
  do {
    cells.push(readCell(cursor, cells.length + 1));
    if (cells.length > MOST_CELLS) {
      throw new DataError(place(cursor), `more than ${MOST_CELLS} cells`, "check the file's line breaks");
    }
  } while (passDelimiter(cursor));
  passLineBreak(cursor);
  return cells;
}

function passLine(cursor: Cursor): void {
  for (let code = codeAt(cursor); code !== LINE_FEED && code !== RETURN && !Number.isNaN(code); code = codeAt(cursor))
    cursor.at++;
  passLineBreak(cursor);
}

function passLineBreak(cursor: Cursor): void {
  if (codeAt(cursor) === RETURN && cursor.text.charCodeAt(cursor.at + 1) === LINE_FEED) cursor.at++;
  cursor.at++;
  cursor.line++;
}

/** Skips the delimiter between two cells; false at the end of the line. */
function passDelimiter(cursor: Cursor): boolean {
  if (cursor.runs) passBlanks(cursor);
  if (cursor.runs) return !endsLine(cursor);
  if (codeAt(cursor) !== cursor.delimiter) return false;
  cursor.at++;
  return true;
}

function readCell(cursor: Cursor, column: number): string {
  const start = cursor.at;
  passBlanks(cursor);
  if (codeAt(cursor) === QUOTE) return readQuoted(cursor, column);
  const first = cursor.runs ? cursor.at : start;
  cursor.at = endOfPlain(cursor, first);
  return cursor.text.slice(first, cursor.at);
}

function readQuoted(cursor: Cursor, column: number): string {
  const opened = place(cursor, column);
  const start = cursor.at + 1;
  let end = cursor.text.indexOf('"', start);
  while (end >= 0 && cursor.text.charCodeAt(end + 1) === QUOTE) end = cursor.text.indexOf('"', end + 2);
  if (end < 0)
    throw new DataError(opened, "the quote is never closed", "close it, or double a quote that belongs to the text");
  const inside = cursor.text.slice(start, end);
  cursor.at = end + 1;
  cursor.line += inside.match(/\r\n|\r|\n/g)?.length ?? 0;
  if (!cursor.runs) passBlanks(cursor);
  if (!endsCell(cursor))
    throw new DataError(opened, "text follows the closing quote", "double a quote that belongs to the text");
  return inside.replaceAll('""', '"');
}

/** Whether a character is a blank or tab that may be skipped: not the delimiter, or part of a run that is. */
function passBlanks(cursor: Cursor): void {
  for (let code = codeAt(cursor); code === BLANK || code === TAB; code = codeAt(cursor)) {
    if (code === cursor.delimiter && !cursor.runs) return;
    cursor.at++;
  }
}

/** The end of the unquoted cell that begins at `first`. Most of the reading time is spent here. */
function endOfPlain({ text, delimiter, runs }: Cursor, first: number): number {
  const tab = runs ? TAB : delimiter;
  for (let at = first; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === delimiter || code === LINE_FEED || code === RETURN || code === tab) return at;
  }
  return text.length;
}

const endsCell = (cursor: Cursor): boolean => endOfPlain(cursor, cursor.at) === cursor.at;

function endsLine({ text, at }: Cursor): boolean {
  const code = text.charCodeAt(at);
  return code === LINE_FEED || code === RETURN || at >= text.length;
}

/** NaN at the end of the text. */
const codeAt = ({ text, at }: Cursor): number => text.charCodeAt(at);

function place({ file, line }: Cursor, column?: number): string {
  return column === undefined ? `${file}: line ${line}` : `${file}: line ${line}, column ${column}`;
}
