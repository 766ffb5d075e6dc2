/**
 * Figures: one description, drawn as SVG, in a terminal and on a page.
 *
 * @module
 */

export {
  type Axis,
  type AxisOptions,
  axis,
  type BandAxis,
  type Coordinate,
  type NumberAxis,
  type Point,
} from "./axis.ts";
export { figure, panel } from "./build.ts";
export type * from "./description.ts";
export { type Grid, grid } from "./grid.ts";
export type { Mark } from "./kinds.ts";
export type { Dash, Look, MarkerShape } from "./look.ts";
export * from "./marks/index.ts";
export { fixed, formatNumber } from "./numbers.ts";
export * from "./page/index.ts";
export { pairs } from "./points.ts";
export { rampHex } from "./ramp.ts";
export { type SvgOptions, toSvg } from "./svg/svg.ts";
export { cellWidth, shorten } from "./terminal/cells.ts";
export { type TerminalOptions, toTerminal } from "./terminal/terminal.ts";
