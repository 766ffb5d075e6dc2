import { DataError } from "./error.ts";

export interface CsvRecord {
  /** The line of the file on which the record begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A row of more cells is no table that a net is trained on, but a file with its line breaks lost. */
const MOST_CELLS = 100_000;

/**
 * Comma-separated values as RFC 4180 has them: a cell in double quotes may hold delimiters, line breaks and doubled
 * quotes. Lines end in LF, CR LF or CR; empty lines are passed over. Time and memory are linear in the text.
 *
 * @param file names the text in errors
 * @throws DataError for a quote that is never closed, or closed in the middle of a cell
 */
export function* csvRecords(text: string, file: string, delimiter = ","): Generator<CsvRecord> {
  const cursor: Cursor = { text, file, delimiter, at: text.startsWith("\ufeff") ? 1 : 0, line: 1 };
  while (cursor.at < text.length) {
    const { line } = cursor;
    const cells = readRecord(cursor);
    if (cells.length > 1 || cells[0] !== "") yield { line, cells };
  }
}

/** The delimiter that splits the first line into most cells: comma, semicolon, tab or bar. */
export function guessDelimiter(text: string): string {
  const [line = ""] = text.slice(0, 65_536).split(/[\r\n]/, 1);
  const cells = (delimiter: string) => line.split(delimiter).length;
  return [",", ";", "\t", "|"].reduce((best, other) => (cells(other) > cells(best) ? other : best));
}

interface Cursor {
  readonly text: string;
  readonly file: string;
  readonly delimiter: string;
  at: number;
  line: number;
}

/** Reads to the end of the record and past its line break. */
function readRecord(cursor: Cursor): string[] {
  const cells: string[] = [];
  for (;;) {
    cells.push(cursor.text[cursor.at] === '"' ? readQuoted(cursor, cells.length + 1) : readPlain(cursor));
    if (cells.length > MOST_CELLS) {
      throw new DataError(place(cursor), `more than ${MOST_CELLS} cells`, "check the file's line breaks");
    }
    if (cursor.text[cursor.at] !== cursor.delimiter) break;
    cursor.at++;
  }
  if (cursor.text[cursor.at] === "\r" && cursor.text[cursor.at + 1] === "\n") cursor.at++;
  cursor.at++;
  cursor.line++;
  return cells;
}

function readPlain(cursor: Cursor): string {
  const start = cursor.at;
  while (!endsCell(cursor)) cursor.at++;
  return cursor.text.slice(start, cursor.at);
}

function readQuoted(cursor: Cursor, column: number): string {
  const opened = place(cursor, column);
  const start = cursor.at + 1;
  let end = cursor.text.indexOf('"', start);
  while (end >= 0 && cursor.text[end + 1] === '"') end = cursor.text.indexOf('"', end + 2);
  if (end < 0) throw new DataError(opened, "the quote is never closed", "close it, or double a quote that is meant");
  const inside = cursor.text.slice(start, end);
  cursor.at = end + 1;
  cursor.line += inside.match(/\r\n|\r|\n/g)?.length ?? 0;
  if (!endsCell(cursor)) throw new DataError(opened, "text follows the closing quote", "double a quote that is meant");
  return inside.replaceAll('""', '"');
}

function endsCell({ text, at, delimiter }: Cursor): boolean {
  return at >= text.length || text[at] === delimiter || text[at] === "\n" || text[at] === "\r";
}

function place({ file, line }: Cursor, column?: number): string {
  return column === undefined ? `${file}: line ${line}` : `${file}: line ${line}, column ${column}`;
}
