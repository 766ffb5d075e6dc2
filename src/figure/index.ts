/** Figures: one description, drawn as SVG, in a terminal and on a page. */
export type { Animation } from "./animation.ts";
export { type AxisOptions, axis, figure, panel } from "./build.ts";
export type * from "./description.ts";
export { arrow, band, bar, contour, grid, line, marker, pairs, rule, text } from "./marks.ts";
export { fixed, formatNumber } from "./numbers.ts";
export * from "./page/index.ts";
export { type SvgOptions, toSvg } from "./svg/svg.ts";
export { cellWidth, shorten } from "./terminal/cells.ts";
export { type TerminalOptions, toTerminal } from "./terminal/terminal.ts";
