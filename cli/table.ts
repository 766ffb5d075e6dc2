import { cellWidth } from "../src/figure/terminal/cells.ts";

/** Words in columns. */
export interface Table {
  readonly columns: readonly { readonly title: string; readonly align: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
}

/** The table as lines, with titles above and two blanks between columns. */
export function tableLines({ columns, rows }: Table): string[] {
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, i) => Math.max(...[titles, ...rows].map((row) => cellWidth(row[i] ?? ""))));
  const line = (row: readonly string[]): string =>
    columns
      .map(({ align }, i) => pad(row[i] ?? "", widths[i], align))
      .join("  ")
      .trimEnd();
  return [line(titles), ...rows.map(line)];
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, width - cellWidth(text)));
  return align === "left" ? text + blanks : blanks + text;
}
