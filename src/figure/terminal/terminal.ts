import type { Figure, Panel } from "../description.ts";
import { kindOf } from "../kinds.ts";
import { checkBuilder, checkFigure, type Forms, forms, optional, size } from "../options.ts";
import { shorten } from "./cells.ts";
import { drawAxes, frameOf } from "./frame.ts";
import { drawEnds, drawKeys, type Keys, keysOf, legendLines } from "./keys.ts";
import type { Plot } from "./plot.ts";
import { Screen } from "./screen.ts";

/** The size of a drawing in a terminal, and whether it is coloured. */
export interface TerminalOptions {
  /** Characters in a line, at least 24. Default 80. */
  readonly width?: number;
  /** Lines for each panel with its axes, at least 8. Default 22. */
  readonly height?: number;
  /** Whether to write ANSI colours (of the 256). Default: false. Either way, curves have letters to tell them apart. */
  readonly color?: boolean;
}

/** More characters make no picture, and less of an answer. */
const terminalForms: Forms<TerminalOptions> = {
  ...{ width: optional(size(1, 5000)), height: optional(size(1, 1000)), color: optional(forms.flag) },
};

/** The figure in characters, panels below each other, curves as braille dots. Ends with a newline. */
export function toTerminal(figure: Figure, options: TerminalOptions = {}): string {
  checkFigure("toTerminal", figure);
  checkBuilder("toTerminal", options, terminalForms, "toTerminal(figure, { width: 80 })");
  const { width = 80, height = 22, color = false } = options;
  const columns = Math.max(24, Math.floor(width));
  const rows = Math.max(8, Math.floor(height));
  const keys = keysOf(figure.panels);
  const panels = figure.panels.map((panel) => drawPanel(panel, keys, columns, rows, color));
  return `${[shorten(figure.title, columns), ...panels].join("\n\n")}\n`;
}

function drawPanel(panel: Panel, keys: Keys, width: number, height: number, color: boolean): string {
  const screen = new Screen(width, height);
  const frame = frameOf(panel, screen, width, height);
  drawAxes(frame);
  drawMarks(panel, frame.plot, false);
  drawKeys(frame, keys);
  drawEnds(frame, keys);
  drawMarks(panel, frame.plot, true);
  const legend = frame.ends === null ? legendLines(panel, keys, width, color) : [];
  return [...screen.toText(color), ...legend].join("\n");
}

/** Those that come last, or all others. */
function drawMarks({ marks }: Panel, plot: Plot, last: boolean): void {
  for (const mark of marks) {
    const { terminal } = kindOf(mark);
    if (terminal?.last === last) terminal.draw(mark, plot);
  }
}
