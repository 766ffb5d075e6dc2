import { cut, isDecimal } from "../../src/arguments/index.ts";
import {
  type ColumnFacts,
  classCounts,
  classNotes,
  type Dataset,
  type RawTable,
  type TableLook,
} from "../../src/data/index.ts";
import { format, several } from "../../src/report/index.ts";

/** The sizes of a data set's parts. */
export const countWords = ({ train, validation, test }: Dataset): string =>
  `${format.count(train.count)} training, ${format.count(validation.count)} validation and ${format.count(test.count)} test examples`;

/** The same of a table, and how many rows are in none of them. */
export const sizesLine = (data: Dataset): string => [countWords(data), ...droppedNotes(data)].join("; ");

/** How many rows are left out, where some are. */
export const droppedNotes = ({ dropped = 0 }: Dataset): string[] =>
  dropped === 0 ? [] : [`${several(dropped, "row")} left out for missing cells`];

/** How many rows the table has that a data set was made of. */
export const rowsOf = ({ train, validation, test, dropped = 0 }: Dataset): number =>
  train.count + validation.count + test.count + dropped;

/** What may be wrong, and what else can be had. */
export function lookNotes({ table, columns, data }: TableLook & { readonly table: Pick<RawTable, "rows"> }): string[] {
  const inputs = columns.filter(({ role }) => role === "input");
  const dates = columns.filter(
    ({ kind, role, reason }) => kind === "date" && role === "left out" && reason !== "ignored",
  );
  const [target] = columns.filter(({ role }) => role === "target");
  const numbers =
    data?.task === "classification" && data.classes.length > 2 && data.classes.every((name) => isDecimal(name));
  return [
    ...(data ? classNotes(classCounts(data)) : []),
    ...(numbers
      ? [
          `${namedBriefly([target])} has ${data.classes.length} different whole numbers, taken as classes; to predict the number: --task regression`,
        ]
      : []),
    ...idNotes(columns, table.rows),
    ...(dates.length === 0
      ? []
      : [
          `${namedBriefly(dates)}: dates are used only if asked for: --columns ${flagNames([...dates, ...inputs.slice(0, 1)])},…`,
        ]),
    ...(data ? droppedNotes(data) : []),
  ];
}

/** Inputs that may only number the rows. */
export function idNotes(columns: readonly ColumnFacts[], rows: number): string[] {
  const ids = columns.filter((column) => column.role === "input" && isId(column, rows));
  if (ids.length === 0) return [];
  const what = "a different whole number in each row; if it is an id, leave it out";
  return [`${namedBriefly(ids)}: ${what}: --ignore ${flagNames(ids)}`];
}

/** Whether different whole numbers count rows, or nearly, or are called so. */
const isId = ({ name, unique, range }: ColumnFacts, rows: number): boolean =>
  unique === true && range !== undefined && (range.most - range.least < 2 * rows || /(^|[^a-z])id$/i.test(name));

/** The first three names. */
function namedBriefly(columns: readonly ColumnFacts[]): string {
  const words = columns.slice(0, 3).map(({ name }) => cut(name, 24));
  return columns.length > 3 ? `${words.join(", ")} and ${columns.length - 3} more` : words.join(", ");
}

/** As a flag takes them: by name, or by number where a name cannot be typed as it is. */
export const flagNames = (columns: readonly ColumnFacts[]): string =>
  columns.map(({ name, number }) => (/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name) ? name : number)).join(",");
