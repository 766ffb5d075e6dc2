import { DataError } from "../../files/index.ts";
import { isComment } from "../cells/comment.ts";
import { readNumber } from "../cells/number.ts";
import { type CsvRecord, csvRecords, type Place } from "./records.ts";

/** Whether lines that begin with # are comments: some do, but fewer than half, since # may also begin a value, such as a colour. */
export function hasComments(sample: string): boolean {
  const lines = sample.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const comments = lines.filter((line) => isComment(line, 0)).length;
  return comments > 0 && comments * 2 < lines.length;
}

/** How many lines are comments. */
export const countComments = (text: string): number =>
  [...text.matchAll(/(?<![^\r\n\ufeff])#/g)].filter(({ index }) => isComment(text, index)).length;

/**
 * The place of a header after a #, as NumPy writes it: the last of the comments at the top, if it has as many cells as the first row
 * and none is a number.
 *
 * @param row the first record that is no comment
 */
export function commentedHeader(
  text: string,
  file: string,
  delimiter: string,
  start: Place,
  row: CsvRecord,
): Place | undefined {
  let last: Place | undefined;
  let place = start;
  for (const line of text.slice(start.at, start.at + LONGEST).split(/(?<=\r\n|\r(?!\n)|\n)/)) {
    if (line.trim() !== "" && !isComment(line, 0)) break;
    if (isComment(line, 0)) last = place;
    place = { at: place.at + line.length, line: place.line + 1 };
  }
  const names = last && firstCells(text, file, delimiter, { at: last.at + 1, line: last.line });
  if (last === undefined || names?.length !== row.cells.length) return undefined;
  if (names.length < 2 || names.slice(1).some((name) => name === "" || readNumber(name) !== undefined))
    return undefined;
  return names[0] === "" ? last : { at: last.at + 1, line: last.line }; // a column may be called #
}

/** The most characters of comments at the top that are looked at. */
const LONGEST = 2 ** 17;

function firstCells(text: string, file: string, delimiter: string, place: Place): string[] | undefined {
  try {
    const { value } = csvRecords(text, file, delimiter, place).next();
    return value ? value.cells.map((cell: string) => cell.trim()) : undefined;
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
