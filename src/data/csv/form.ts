import { DataError, quote, setting } from "../../files/index.ts";
import { type DecimalSign, type NumberForm, thousandsIn } from "../cells/number.ts";
import type { ThousandsSign } from "../choices/index.ts";
import { commentedHeader, hasComments } from "./comments.ts";
import { bestSample, CANDIDATES, isNumber, type Sample } from "./delimiter.ts";
import { type CsvRecord, csvRecords, firstPlace, type Place } from "./records.ts";
import type { Comments } from "./scanner.ts";

export interface FormOptions {
  /**
   * The delimiter between two cells: one character, or a blank for any run of blanks and tabs. Default: whichever of , ; tab | and
   * blanks fits the first lines.
   */
  readonly delimiter?: string;
  /** The decimal separator. Default: a point, or a comma if that fits and is not the delimiter. */
  readonly decimal?: DecimalSign;
  /** The separator of thousands. Default: one that a number in the first lines leaves no doubt about, such as 1 234 or 1,234,567. */
  readonly thousands?: ThousandsSign;
}

/** The form of a table in a text. */
export interface CsvForm {
  readonly delimiter: string;
  readonly numbers: NumberForm;
  /** The place where the table begins. */
  readonly start: Place;
  readonly comments: Comments;
  /** Whether the table begins with names after a #. */
  readonly named: boolean;
  /** The first records, which the form is judged by. */
  readonly sample: readonly CsvRecord[];
}

/** The most characters, and the most records in them, that the form is judged by. */
const PREFIX = 2 ** 17;
const RECORDS = 200;

/**
 * Finds the form by parsing the first lines with each delimiter in turn. A delimiter fits if it gives equally many cells in
 * (nearly) every line. Of those that fit, the one that gives the most numbers is right: in 1,5;0 the comma gives one, the
 * semicolon two. In a tie, it is the one whose cells contain no other delimiter, then the one that gives the most cells.
 *
 * @throws DataError if two fit equally well, or 1,234 may be a fraction or thousands
 */
export function csvForm(text: string, file: string, options: FormOptions): CsvForm {
  const { start, delimiter: said } = stated(text);
  const given = options.delimiter ?? said;
  const comments = hasComments(text.slice(start.at, start.at + PREFIX));
  const read = (delimiter: string) => readSample(text, file, delimiter, start, comments);
  const sample = given === undefined ? bestSample(CANDIDATES.map(read), file, options.decimal) : read(given);
  const decimal = options.decimal ?? guessDecimal(sample, file);
  const thousands = options.thousands ?? guessThousands(sample, decimal);
  const { delimiter, records } = sample;
  const form = { delimiter, numbers: { decimal, thousands } };
  const [row] = records;
  const names = comments && row ? commentedHeader(text, file, delimiter, start, row) : undefined;
  if (names === undefined)
    return { ...form, start, comments: comments ? "all" : "none", named: false, sample: records };
  const [header] = csvRecords(text, file, delimiter, names);
  return { ...form, start: names, comments: "all but the first", named: true, sample: [header, ...records] };
}

/** Spreadsheets may state the delimiter in a line before the table: sep=; */
function stated(text: string): { readonly start: Place; readonly delimiter?: string } {
  const start = firstPlace(text);
  const [line, delimiter] = /^"?sep=([^\r\n])"?(?:\r\n|\r|\n)/i.exec(text.slice(start.at, start.at + 10)) ?? [];
  return line === undefined ? { start } : { start: { at: start.at + line.length, line: 2 }, delimiter };
}

/** The first records, without a last one that may be cut off, and without any after a damaged one. */
function readSample(text: string, file: string, delimiter: string, start: Place, comments: boolean): Sample {
  const end = start.at + PREFIX;
  const records: CsvRecord[] = [];
  try {
    for (const record of csvRecords(text.slice(0, end), file, delimiter, start, comments ? "all" : "none"))
      if (records.push(record) > RECORDS) break;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
  }
  const cut = text.length > end || records.length > RECORDS;
  return { delimiter, records: cut && records.length > 1 ? records.slice(0, -1) : records };
}

/** A comma, if some numbers have one, none has a point but between thousands, and it cannot be a thousands separator. */
function guessDecimal({ delimiter, records }: Sample, file: string): DecimalSign {
  if (delimiter === ",") return ".";
  const cells = trimmed(records);
  const points = fractions(cells, ".");
  if (!points.every(isGroup)) return ".";
  const commas = fractions(cells, ",");
  if (cells.some(showsComma) || !commas.every(isGroup)) return ",";
  if (commas.length === 0 || points.length > 0) return ".";
  const problem = `${quote(commas[0])} may be a number with a fraction, or thousands`;
  const advice = `if it has a fraction, say ${setting("--decimal ,", 'decimal: ","')}; if not, write it without the comma`;
  throw new DataError(file, problem, advice);
}

const trimmed = (records: readonly CsvRecord[]): string[] =>
  records.flatMap(({ cells }) => cells.map((cell) => cell.trim()));

/** The numbers with a fraction after this sign, or with thousands if it separates these. */
const fractions = (cells: readonly string[], sign: DecimalSign): string[] =>
  cells.filter((cell) => cell.includes(sign) && isNumber(cell, sign));

/** 1,234 and 1.234 may be thousands. */
const isGroup = (cell: string): boolean => /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(cell);

/** Thousands that leave no doubt that the fraction follows a comma: 1.234,5 or 1 234,5 or 1.234.567. */
function showsComma(cell: string): boolean {
  const sign = thousandsIn(cell, ",");
  return sign !== undefined && (cell.includes(",") || (sign === "." && cell.split(".").length > 2));
}

/**
 * The separator of a number whose groups nobody can take for a fraction: 1'234, 1,234,567 or 1,234.5; or 1,234 if fractions of other
 * numbers follow a point.
 */
function guessThousands({ records }: Sample, decimal: DecimalSign): ThousandsSign | undefined {
  const cells = trimmed(records);
  const isClear = !fractions(cells, decimal).every(isGroup);
  for (const cell of cells) {
    const sign = thousandsIn(cell, decimal);
    if (sign === undefined || sign === "_") continue; // 1_000 may be a name
    const isComma = sign === "," || sign === ".";
    if (!isComma || isClear || cell.includes(decimal) || cell.split(sign).length > 2) return sign;
  }
  return undefined;
}
