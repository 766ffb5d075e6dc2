import { cells } from "./cells.ts";

/** The content of one cell: a character, or dots of a braille pattern. */
interface Cell {
  /** "" to the right of a character two cells wide. */
  character?: string;
  dots: number;
  /** A colour of the terminal's 256. */
  color?: number;
}

/** The bits of a braille character's dots, by row and column within the cell. */
const BRAILLE = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** Dots in a cell, across and down. */
export const DOTS = [2, 4] as const;

/** A sheet of characters to draw on; anything outside it is ignored. */
export class Screen {
  readonly #rows: Cell[][];

  constructor(width: number, height: number) {
    this.#rows = Array.from({ length: height }, () => Array.from({ length: width }, () => ({ dots: 0 })));
  }

  /** One dot; there are 2 × 4 to a cell. */
  dot(x: number, y: number, color?: number): void {
    const cell = this.#rows[Math.floor(y / DOTS[1])]?.[Math.floor(x / DOTS[0])];
    if (cell === undefined) return;
    cell.dots |= BRAILLE[Math.floor(y) % DOTS[1]][Math.floor(x) % DOTS[0]];
    cell.color = color;
  }

  /** Words from a cell to the right. They cover dots. */
  write(column: number, row: number, text: string, color?: number): void {
    const line = this.#rows[row] ?? [];
    let at = column;
    for (const { character, width } of cells(text)) {
      if (at >= 0 && at + width <= line.length) put(line, at, width, character, color);
      at += width;
    }
  }

  /** The rows as text, without blanks at their ends; with colour as ANSI sequences where asked. */
  toText(colored: boolean): string[] {
    return this.#rows.map((row) => (colored ? coloredRow(row) : row.map(glyph).join("").trimEnd()));
  }
}

function put(line: readonly Cell[], at: number, width: number, character: string, color?: number): void {
  for (let i = at; i < at + width; i++) {
    // What is left of a wide character that is half covered would push the rest of the line aside.
    if (line[i].character === "") line[i - 1].character = " ";
    if (line[i + 1]?.character === "") line[i + 1].character = " ";
    Object.assign(line[i], { character: " ", color });
  }
  line[at].character = character;
  if (width === 2) line[at + 1].character = "";
}

const glyph = ({ character, dots }: Cell): string =>
  character ?? (dots === 0 ? " " : String.fromCodePoint(0x2800 + dots));

function coloredRow(row: readonly Cell[]): string {
  const end = row.findLastIndex((cell) => glyph(cell) !== " ") + 1;
  let [text, current] = ["", -1];
  for (const cell of row.slice(0, end)) {
    const color = cell.color ?? -1;
    if (color !== current && glyph(cell) !== " ") {
      text += color < 0 ? RESET : `\x1b[38;5;${color}m`;
      current = color;
    }
    text += glyph(cell);
  }
  return current < 0 ? text : text + RESET;
}

const RESET = "\x1b[0m";
