import { type Cell, cellWords, isNumeric, type NumberTable, type Told } from "../../lecture/index.ts";
import { cellWidth } from "../../src/figure/index.ts";
import { numberColumn, tableLines, textColumn } from "../../src/report/index.ts";

/** What was measured, as lines: single quantities as a table of two columns, series each as a table below its title. */
export const findingLines = (told: Told): string[] =>
  told.flatMap((each) => [
    ...("facts" in each
      ? tableLines(quantities, Object.entries(each.facts))
      : [each.title, ...narrowest(each).map((line) => `  ${line}`)]),
    "",
  ]);

type Quantity = readonly [label: string, cell: Cell];

const quantities = [
  textColumn("quantity", ([label]: Quantity) => label),
  textColumn("value", ([, cell]: Quantity) => cellWords(cell)),
];

/** What fits beside the margin in a window of the usual width. */
const WIDTH = 98;

/** A table that is too wide is turned, its columns made rows, where that makes it narrower. */
function narrowest({ columns }: NumberTable): string[] {
  const [titles, cells] = [Object.keys(columns), Object.values(columns)];
  const upright = linesOf(titles, cells);
  const width = (lines: readonly string[]): number => Math.max(...lines.map(cellWidth));
  if (width(upright) <= WIDTH) return upright;
  const rows = cells[0].map((_, row) => cells.slice(1).map((column) => column[row]));
  const turned = linesOf([titles[0], ...cells[0].map(cellWords)], [titles.slice(1), ...rows]);
  return width(turned) < width(upright) ? turned : upright;
}

/** The first series names the rows; others are set to the right where a number is in them. */
function linesOf(titles: readonly string[], series: readonly (readonly Cell[])[]): string[] {
  const columns = titles.map((title, i) =>
    i > 0 && isNumeric(series[i])
      ? numberColumn(title, (row: number) => series[i][row], cellWords)
      : textColumn(title, (row: number) => cellWords(series[i][row])),
  );
  return tableLines(
    columns,
    series[0].map((_, row) => row),
  );
}
