import { DataError, quote, setting } from "../files/index.ts";
import { type CsvRecord, csvRecords, firstPlace, type Place } from "./csv.ts";
import { delimiterName } from "./delimiters/index.ts";
import { type DecimalSign, hasThousands, readNumber } from "./number.ts";

export interface FormOptions {
  /**
   * What stands between two cells: one character, or a blank for any run of blanks and tabs. Default: whichever of
   * , ; tab | and blanks fits the first lines.
   */
  readonly delimiter?: string;
  /** What stands before the fraction of a number. Default: a point, or a comma where that fits and is no delimiter. */
  readonly decimal?: DecimalSign;
}

/** How a text writes a table. */
export interface CsvForm {
  readonly delimiter: string;
  readonly decimal: DecimalSign;
  /** Where the table begins. */
  readonly start: Place;
  /** The first records, to judge by. */
  readonly sample: readonly CsvRecord[];
}

/** What the form is judged by: so many characters at most, and so many records of them. */
const PREFIX = 2 ** 17;
const RECORDS = 200;

const CANDIDATES: readonly string[] = [",", ";", "\t", "|", " "];

/** In how large a part of the lines the cells must be equally many, for a delimiter to be considered at all. */
const FIT = 0.9;

/** How to say what the delimiter is. */
export const delimiterSetting = (delimiter: string): string =>
  setting(`--delimiter ${delimiterName(delimiter)}`, `delimiter: ${JSON.stringify(delimiter)}`);

/**
 * Finds the form by reading the first lines with each delimiter in turn, quotes and all. One fits if it gives equally many
 * cells in (nearly) every line. Of those that fit, the one that gives most numbers is right: in 1,5;0 the comma gives
 * one, the semicolon two. Where they give equally many: the one whose cells have no other delimiter in them, then the
 * one that gives most cells.
 *
 * @throws DataError where two fit equally well, or 1,234 may be a fraction or thousands
 */
export function csvForm(text: string, file: string, options: FormOptions): CsvForm {
  const { start, delimiter: said } = stated(text);
  const given = options.delimiter ?? said;
  const read = (delimiter: string) => readSample(text, file, delimiter, start);
  const sample = given === undefined ? best(CANDIDATES.map(read), file, options.decimal) : read(given);
  const decimal = options.decimal ?? guessDecimal(sample, file);
  return { delimiter: sample.delimiter, decimal, start, sample: sample.records };
}

/** Spreadsheets may state the delimiter in a line of its own, before the table: sep=; */
function stated(text: string): { readonly start: Place; readonly delimiter?: string } {
  const start = firstPlace(text);
  const [line, delimiter] = /^"?sep=([^\r\n])"?(?:\r\n|\r|\n)/i.exec(text.slice(start.at, start.at + 10)) ?? [];
  return line === undefined ? { start } : { start: { at: start.at + line.length, line: 2 }, delimiter };
}

interface Sample {
  readonly delimiter: string;
  readonly records: readonly CsvRecord[];
}

/** The first records: without the last, where that may be cut off, and without what follows a damaged one. */
function readSample(text: string, file: string, delimiter: string, start: Place): Sample {
  const end = start.at + PREFIX;
  const records: CsvRecord[] = [];
  try {
    for (const record of csvRecords(text.slice(0, end), file, delimiter, start))
      if (records.push(record) > RECORDS) break;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
  }
  const cut = text.length > end || records.length > RECORDS;
  return { delimiter, records: cut && records.length > 1 ? records.slice(0, -1) : records };
}

interface Fit extends Sample {
  /** How large a part of the records has the most common number of cells. */
  readonly share: number;
  /** The most common number of cells. */
  readonly width: number;
  /** How many numbers a record has on average, and how many cells with another delimiter in them. */
  readonly numbers: number;
  readonly mixed: number;
}

function best(samples: readonly Sample[], file: string, decimal: DecimalSign | undefined): Sample {
  const fits = samples.map((sample) => judge(sample, decimal));
  const several = fits.filter(({ width, share }) => width > 1 && share >= FIT);
  const tabs = several.some((fit) => fit.delimiter === "\t" && fit.share === 1 && fit.numbers > 0 && !holdsRows(fit));
  // Blanks stand within cells as well: they are the delimiter where no line contradicts, and tabs alone are not.
  const able = several.filter((fit) => (fit.delimiter === " " ? fit.share === 1 && !tabs : mayPart(fit, decimal)));
  const others = fits.filter((fit) => fit.delimiter !== " " && mayPart(fit, decimal));
  const [first, second] = (able.length > 0 ? able : others).toSorted(compare);
  const equal = able.length > 1 && compare(first, second) === 0 ? second : undefined;
  const other = equal ?? (hasBlankThousands(first) ? able.find(({ delimiter }) => delimiter === " ") : undefined);
  if (other !== undefined) {
    const names = [first, other].map(({ delimiter }) => delimiterName(delimiter)).join("s or ");
    const advice = `say which: ${[first, other].map(({ delimiter }) => delimiterSetting(delimiter)).join(" or ")}`;
    throw new DataError(file, `${names}s may stand between the cells`, advice);
  }
  return first;
}

/** A comma that is said to stand before fractions parts no cells, unless quotes tell the one from the other: "1,5",2. */
const mayPart = ({ delimiter, records }: Sample, decimal: DecimalSign | undefined): boolean =>
  delimiter !== decimal || records.some(({ cells }) => cells.some((cell) => cell.includes(delimiter)));

/** 1,5 250,5 is 1.5 and 250.5, or 1, 5250 and 5. */
const hasBlankThousands = ({ delimiter, records }: Sample): boolean =>
  delimiter === "," &&
  records.some(({ cells }) => cells.some((cell) => / /.test(cell.trim()) && hasThousands(cell.trim())));

const compare = (a: Fit, b: Fit): number =>
  b.numbers - a.numbers || a.mixed - b.mixed || b.share - a.share || b.width - a.width;

function judge(sample: Sample, decimal: DecimalSign | undefined): Fit {
  const { delimiter, records } = sample;
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width] = [...counts].reduce((most, other) => (other[1] > most[1] ? other : most), [0, 0]);
  const often = records.filter(({ cells }) => cells.length === width || widthOf(cells) === width).length;
  const cells = records.flatMap((record) => record.cells.map((cell) => cell.trim()));
  const signs: readonly DecimalSign[] = decimal ? [decimal] : delimiter === "," ? ["."] : [".", ","];
  // Between 1,5 and 250,5 stands a blank that is no mark of thousands where 1,5 and 2,5 have one, too.
  const blanks = delimiter === "," && cells.some(isRow);
  const thousands = (cell: string) => hasThousands(cell) && !(blanks && /\s/.test(cell));
  const words = cells.filter((cell) => !thousands(cell) && !signs.some((sign) => isNumber(cell, sign)));
  const others = CANDIDATES.filter((other) => other !== " " && other !== delimiter);
  const mixed = words.filter(
    (cell) => others.some((other) => cell.includes(other)) || isRow(cell) || hasThousands(cell),
  );
  const rows = Math.max(1, records.length);
  return {
    ...sample,
    ...{ share: often / rows, width },
    ...{ numbers: (cells.length - words.length) / rows, mixed: mixed.length / rows },
  };
}

const holdsRows = ({ records }: Sample): boolean =>
  records.some(({ cells }) => cells.some((cell) => isRow(cell.trim())));

/** Whether a cell is several numbers with blanks between them, which are no thousands. */
function isRow(cell: string): boolean {
  const parts = cell.split(/ +/);
  const thousands = parts.slice(1).every((part) => /^\d{3}(\D|$)/.test(part));
  return parts.length > 1 && !thousands && parts.every((part) => readNumber(part) !== undefined);
}

/** A delimiter after the last cell gives one more, an empty one, which is none. */
export function widthOf(cells: readonly string[]): number {
  return cells.length > 1 && cells.at(-1)?.trim() === "" ? cells.length - 1 : cells.length;
}

/** A comma before or behind a number is no sign of a fraction. */
const isNumber = (cell: string, sign: DecimalSign): boolean =>
  readNumber(cell, sign) !== undefined && (sign === "." || !cell.includes(sign) || /\d,\d/.test(cell));

/** A comma, where some numbers have one, none a point, and it cannot be the mark of thousands. */
function guessDecimal({ delimiter, records }: Sample, file: string): DecimalSign {
  if (delimiter === ",") return ".";
  const cells = records.flatMap((record) => record.cells.map((cell) => cell.trim()));
  const fractions = (sign: DecimalSign) => cells.filter((cell) => cell.includes(sign) && isNumber(cell, sign));
  const commas = fractions(",");
  if (commas.length === 0 || fractions(".").length > 0) return ".";
  if (!commas.every((cell) => /^[+-]?[1-9]\d{0,2},\d{3}$/.test(cell))) return ",";
  const problem = `${quote(commas[0])} may be a number with a fraction, or thousands`;
  const advice = `if it has a fraction, say ${setting("--decimal ,", 'decimal: ","')}; if not, write it without the comma`;
  throw new DataError(file, problem, advice);
}
