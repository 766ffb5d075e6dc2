import { type Comments, RecordScanner } from "./scanner.ts";

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
  const scanner = new RecordScanner({ file, delimiter, comments, line: start.line });
  scanner.feed(text, start.at);
  scanner.finish();
  while (scanner.next()) yield { line: scanner.line, cells: scanner.cells() };
}

export const firstPlace = (text: string): Place => ({ at: text.startsWith("\ufeff") ? 1 : 0, line: 1 });
