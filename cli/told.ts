import { cellWidth } from "../src/figure/terminal/cells.ts";
import { type Cell, cellWords, type NumberTable, type Told } from "../src/lecture/told.ts";
import { tableLines } from "./table.ts";

const left = (title: string) => ({ title, align: "left" as const });
const right = (title: string) => ({ title, align: "right" as const });

/** What was measured, as lines: single quantities as a table of two columns, series each as a table below its title. */
export const toldLines = (told: Told): string[] =>
  told.flatMap((each) => [
    ...("facts" in each
      ? quantities(Object.entries(each.facts))
      : [each.title, ...narrowest(each).map((line) => `  ${line}`)]),
    "",
  ]);

const quantities = (facts: readonly (readonly [label: string, cell: Cell])[]): string[] =>
  tableLines({
    columns: ["quantity", "value"].map(left),
    rows: facts.map(([label, cell]) => [label, cellWords(cell)]),
  });

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

/** The first column names the rows; others are set to the right where a number is in them. */
const linesOf = (titles: readonly string[], cells: readonly (readonly Cell[])[]): string[] =>
  tableLines({
    columns: titles.map((title, i) => {
      const isNumeric = i > 0 && cells[i].some((cell) => typeof cell === "number");
      return isNumeric ? right(title) : left(title);
    }),
    rows: cells[0].map((_, row) => cells.map((column) => cellWords(column[row]))),
  });
