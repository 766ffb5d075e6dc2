import { DataError, setting } from "../../files/index.ts";
import { type DecimalSign, hasThousands, readNumber } from "../cells/number.ts";
import { delimiterName } from "../choices/index.ts";
import type { CsvRecord } from "./records.ts";

/** The delimiters that are tried. */
export const CANDIDATES: readonly string[] = [",", ";", "\t", "|", " "];

/** The fraction of the lines that must have equally many cells for a delimiter to be considered. */
const FIT = 0.9;

/** The setting that chooses a delimiter. */
export const delimiterSetting = (delimiter: string): string =>
  setting(`--delimiter ${delimiterName(delimiter)}`, `delimiter: ${JSON.stringify(delimiter)}`);

/** The first records of a text, parsed with a delimiter. */
export interface Sample {
  readonly delimiter: string;
  readonly records: readonly CsvRecord[];
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

/** @throws DataError if two delimiters fit equally well */
export function bestSample(samples: readonly Sample[], file: string, decimal: DecimalSign | undefined): Sample {
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
export const isNumber = (cell: string, sign: DecimalSign): boolean =>
  readNumber(cell, { decimal: sign }) !== undefined && (sign === "." || !cell.includes(sign) || /\d,\d/.test(cell));
