import { entryOf } from "../entries.ts";
import { line } from "../marks/line.ts";
import { fixed, formatNumber } from "../numbers.ts";
import { escapeText } from "../svg/element.ts";
import type { Cell, Column, Row, Table } from "./blocks.ts";
import { swatch } from "./chart.ts";

/** The caption does not scroll with the table, so that a narrow page shows all of it. */
export function drawTable(shown: Table, id: string): string {
  const { caption, columns, rows, stacked = false } = shown;
  const styles = columns.map((column, i) =>
    styleOf(
      column,
      rows.map(({ cells }) => cells[i]),
    ),
  );
  const head = columns.map(
    ({ name, numeric }) => `<th scope="col"${numeric ? ' class="number"' : ""}>${escapeText(name)}</th>`,
  );
  const names = stacked ? namesIn(shown) : [];
  return `<div class="table${stacked ? " stacked" : ""}">
<p class="caption" id="${id}">${escapeText(caption)}</p>
<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
<table aria-labelledby="${id}">
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${rows.map((row) => drawRow(row, styles, names)).join("\n")}
</tbody>
</table>
</div>
</div>`;
}

/** A cell with more characters is a sentence, which says itself what it is about. */
const SHORT = 40;

/** The headings that cells of a stacked row need: those of short ones, unless there is only one, right after the row's name. */
function namesIn({ columns, rows }: Table): (string | undefined)[] {
  const names = columns.map(({ name, numeric }, i) => {
    const isShort = ({ cells }: Row): boolean => numeric || String(cells[i] ?? "").length <= SHORT;
    return i > 0 && rows.every(isShort) ? name : undefined;
  });
  const isPlain = names.every((name, i) => name === undefined || i === 1);
  return isPlain ? [] : names;
}

/** The first cell names the row. */
function drawRow(row: Row, styles: readonly Style[], names: readonly (string | undefined)[]): string {
  const key = row.label === undefined ? "" : ` data-series="${escapeText(row.label)}"`;
  const [first, ...others] = row.cells;
  const rest = others.map((cell, i) => drawCell(cell, styles[i + 1], names[i + 1]));
  return `<tr${key}><th scope="row"${styles[0].numeric ? ' class="number"' : ""}>${sample(row)}${escapeText(wordsOf(first, styles[0]))}</th>${rest.join("")}</tr>`;
}

function drawCell(cell: Cell, style: Style, name: string | undefined): string {
  const words = escapeText(wordsOf(cell, style));
  const heading = name === undefined ? "" : ` data-name="${escapeText(name)}"`;
  if (!style.numeric) return `<td${heading}>${words}</td>`;
  if (style.best === undefined || numberOf(cell) !== style.best) return `<td class="number"${heading}>${words}</td>`;
  return `<td class="number best"${heading}><strong>${words}</strong><span class="unseen"> (best)</span></td>`;
}

/** The line that a row is about, as it looks in the charts. */
function sample({ label = "", series, color }: Row): string {
  if (series === undefined && color === undefined) return "";
  return swatch(entryOf(label, [line({ y: [], series, color })]));
}

/** How the cells of a column are written. */
interface Style {
  readonly numeric: boolean;
  /** The number to set off. */
  readonly best?: number;
  /** Undefined: each number as suits it. */
  readonly decimals?: number;
}

function styleOf({ numeric, best, decimals }: Column, cells: readonly Cell[]): Style {
  const numbers = cells.map(numberOf).filter((value) => value !== undefined);
  const finite = numbers.filter(Number.isFinite);
  return { numeric, best: best && winner(cells, best), decimals: decimals ?? decimalsOf(finite) };
}

/**
 * The best of several numbers; none where all are equal, or where another's interval meets that of the best, be it the interval of a
 * number that is missing.
 */
function winner(cells: readonly Cell[], best: "min" | "max"): number | undefined {
  const all = cells.map((cell) => ({ value: numberOf(cell) ?? Number.NaN, ...intervalOf(cell) }));
  const finite = all.filter(({ value }) => Number.isFinite(value));
  const value = Math[best](...finite.map((each) => each.value));
  const top = finite.filter((each) => each.value === value);
  const others = all.filter((each) => each.value !== value && !Number.isNaN(each.low));
  const meets = others.some(({ low, high }) => top.some((each) => low <= each.high && high >= each.low));
  return others.length > 0 && !meets ? value : undefined;
}

function intervalOf(cell: Cell): { low: number; high: number } {
  const value = numberOf(cell) ?? Number.NaN;
  const [low, high] = (cell !== null && typeof cell === "object" ? cell.interval : undefined) ?? [value, value];
  return { low, high };
}

const numberOf = (cell: Cell): number | undefined =>
  typeof cell === "number" ? cell : cell !== null && typeof cell === "object" ? (cell.value ?? undefined) : undefined;

function wordsOf(cell: Cell, { decimals }: Style): string {
  if (cell === null) return "–";
  if (typeof cell === "string") return cell;
  if (typeof cell === "object") return cell.text;
  return decimals === undefined || !Number.isFinite(cell) ? formatNumber(cell) : fixed(cell, decimals);
}

/** Decimals that give the middle number four significant digits; none in common where the numbers are too different. */
function decimalsOf(numbers: readonly number[]): number | undefined {
  const sizes = numbers.map(Math.abs).filter((size) => size > 0);
  const [least, middle, most] = [0, sizes.length >> 1, sizes.length - 1].map(
    (i) => sizes.sort((a, b) => a - b)[i] ?? 1,
  );
  if (most >= 1e7 || middle < 1e-4 || most / least > 1e5)
    return numbers.every(Number.isInteger) && most < 1e9 ? 0 : undefined;
  return numbers.every(Number.isInteger) ? 0 : Math.max(0, 3 - Math.floor(Math.log10(middle)));
}
