import { isMissing } from "../cells/missing.ts";
import { readNumber } from "../cells/number.ts";
import type { CellForm } from "./column-readers.ts";
import { countComments } from "./comments.ts";
import type { CsvForm } from "./form.ts";
import { type CsvLayout, type LayoutOptions, readLayout } from "./layout.ts";
import type { RecordScanner } from "./scanner.ts";

/** What the first lines of a text say about all of it. */
export interface Head {
  readonly form: CsvForm;
  readonly layout: CsvLayout;
  /** Whether the cells of each column are words, as far as the first lines show, or their spelling matters. */
  readonly words: readonly boolean[];
  /** How many comments are above the place where the table begins. */
  readonly comments: number;
}

/** @param scanner at the first record */
export function readHead(
  text: string,
  form: CsvForm,
  scanner: RecordScanner,
  file: string,
  options: LayoutOptions,
): Head {
  const layout = readLayout({ line: scanner.line, cells: scanner.cells() }, form, file, options);
  const { names, targets, hasHeader } = layout;
  const rows = form.sample.slice(hasHeader ? 1 : 0);
  const words = names.map(
    (name, column) =>
      targets.includes(column) || // classes are named as they are spelled
      options.spelled?.includes(name) === true ||
      rows.some(({ cells }) => isWord(cells[column] ?? "", layout)),
  );
  const above = text.slice(0, form.start.at).replace(/#$/, ""); // names after a # are no comment
  return { form, layout, words, comments: form.named ? countComments(above) : 0 };
}

function isWord(cell: string, { numbers, notMissing }: Pick<CellForm, "numbers" | "notMissing">): boolean {
  const text = cell.trim();
  return readNumber(text, numbers) === undefined && !isMissing(text, notMissing);
}
