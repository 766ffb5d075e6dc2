import { formatNumber } from "../src/figure/index.ts";

/** A measurement for readers: single quantities and tables, each labelled in words, with its unit. */
export type Told = readonly (Facts | NumberTable)[];

/** A value in a table or in a list of facts. */
export type Cell = number | string;

/** Single quantities by their labels, in words, with the unit where there is one: `angle at the start, degrees`. */
export interface Facts {
  readonly facts: Readonly<Record<string, Cell>>;
}

/** Quantities that belong together, column by column; the first column says what each row stands for. */
export interface NumberTable {
  /** Shown above the table. */
  readonly title: string;
  /** Columns of one length by their headings. */
  readonly columns: Readonly<Record<string, readonly Cell[]>>;
}

/** Single quantities, by their labels. */
export const facts = (quantities: Facts["facts"]): Facts => ({ facts: quantities });

/** Throws a RangeError where the columns are not of one length. */
export function numberTable(title: string, columns: NumberTable["columns"]): NumberTable {
  const lengths = new Set(Object.values(columns).map(({ length }) => length));
  if (lengths.size !== 1) throw new RangeError(`${title}: the columns have ${[...lengths].join(" and ")} rows`);
  return { title, columns };
}

/** Labels and values side by side, as the columns of a table: a matrix becomes a column for each of its rows. */
export const columnsOf = <T>(labels: readonly string[], columns: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(labels.map((label, i) => [label, columns[i]]));

/** A cell as text: whole numbers with all of their digits, others with six. */
export const cellWords = (cell: Cell): string => {
  if (typeof cell !== "number") return cell;
  return Number.isInteger(cell) && cell > 0 && cell < MOST_DIGITS ? cell.toLocaleString("en") : formatNumber(cell, 6);
};

const MOST_DIGITS = 1e12;

/** A place, as it is written: (3, 2). Thousands have no commas, which part the coordinates. */
export const placeWords = (place: readonly number[]): string =>
  `(${place.map((x) => cellWords(x).replaceAll(",", "")).join(", ")})`;

/** Whether a column contains numbers: then it is aligned to the right. */
export const isNumeric = (column: readonly Cell[]): boolean => column.some((cell) => typeof cell === "number");
