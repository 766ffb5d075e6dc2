import { DataError, quote, setting } from "../files/index.ts";
import { type CsvRecord, csvRecords, firstPlace, type Place } from "./csv.ts";
import { delimiterName } from "./delimiters/index.ts";
import { type DecimalSign, hasThousands, readNumber } from "./number.ts";

export interface FormOptions {
  /**
   * The delimiter between two cells: one character, or a blank for any run of blanks and tabs. Default: whichever of , ; tab | and
   * blanks fits the first lines.
   */
  readonly delimiter?: string;
  /** The decimal separator. Default: a point, or a comma if that fits and is not the delimiter. */
  readonly decimal?: DecimalSign;
}

/** The form of a table in a text. */
export interface CsvForm {
  readonly delimiter: string;
  readonly decimal: DecimalSign;
  /** The place where the table begins. */
  readonly start: Place;
  /** The first records, which the form is judged by. */
  readonly sample: readonly CsvRecord[];
}

/** The most characters, and the most records in them, that the form is judged by. */
const PREFIX = 2 ** 17;
const RECORDS = 200;

const CANDIDATES: readonly string[] = [",", ";", "\t", "|", " "];

/** The fraction of the lines that must have equally many cells for a delimiter to be considered. */
const FIT = 0.9;

/** The setting that chooses a delimiter. */
export const delimiterSetting = (delimiter: string): string =>
  setting(`--delimiter ${delimiterName(delimiter)}`, `delimiter: ${JSON.stringify(delimiter)}`);

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
  const read = (delimiter: string) => readSample(text, file, delimiter, start);
  const sample = given === undefined ? best(CANDIDATES.map(read), file, options.decimal) : read(given);
  const decimal = options.decimal ?? guessDecimal(sample, file);
  return { delimiter: sample.delimiter, decimal, start, sample: sample.records };
}

/** Spreadsheets may state the delimiter in a line before the table: sep=; */
function stated(text: string): { readonly start: Place; readonly delimiter?: string } {
  const start = firstPlace(text);
  const [line, delimiter] = /^"?sep=([^\r\n])"?(?:\r\n|\r|\n)/i.exec(text.slice(start.at, start.at + 10)) ?? [];
  return line === undefined ? { start } : { start: { at: start.at + line.length, line: 2 }, delimiter };
}

interface Sample {
  readonly delimiter: string;
  readonly records: readonly CsvRecord[];
}

/** The first records, without a last one that may be cut off, and without any after a damaged one. */
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
  /** The fraction of the records that have the most common number of cells. */
  readonly share: number;
  /** The most common number of cells. */
  readonly width: number;
  /** The average numbers per record of cells that are numbers, and of cells that contain another delimiter. */
  readonly numbers: number;
  readonly mixed: number;
}

function best(samples: readonly Sample[], file: string, decimal: DecimalSign | undefined): Sample {
  const fits = samples.map((sample) => judge(sample, decimal));
  const several = fits.filter(({ width, share }) => width > 1 && share >= FIT);
  const tabs = several.some((fit) => fit.delimiter === "\t" && fit.share === 1 && fit.numbers > 0 && !holdsRows(fit));
  // Blanks occur within cells as well: they are the delimiter only if no line contradicts it and tabs alone do not fit.
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

/** A comma that is the decimal separator is not a delimiter, unless quotes distinguish the two: "1,5",2. */
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
  // The blank in 1,5 250,5 is not a thousands separator if there is also one in 1,5 2,5.
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

/** Whether a cell is several numbers with blanks between them, which are not thousands separators. */
function isRow(cell: string): boolean {
  const parts = cell.split(/ +/);
  const thousands = parts.slice(1).every((part) => /^\d{3}(\D|$)/.test(part));
  return parts.length > 1 && !thousands && parts.every((part) => readNumber(part) !== undefined);
}

/** A delimiter after the last cell adds an empty one, which does not count. */
export function widthOf(cells: readonly string[]): number {
  return cells.length > 1 && cells.at(-1)?.trim() === "" ? cells.length - 1 : cells.length;
}

/** A comma before or after a number is not a decimal separator. */
const isNumber = (cell: string, sign: DecimalSign): boolean =>
  readNumber(cell, sign) !== undefined && (sign === "." || !cell.includes(sign) || /\d,\d/.test(cell));

/** A comma, if some numbers have one, none has a point, and it cannot be a thousands separator. */
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
