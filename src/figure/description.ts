/**
 * A figure: plain immutable data that survives JSON, drawn by every renderer of this chapter.
 * Build it with the functions of `build.ts` and `marks/`, which check their options and fill in the defaults.
 */

import type { Axis } from "./axis.ts";
import type { Mark } from "./kinds.ts";

/** A figure: plain data that JSON can hold, for every renderer. `figure` builds one from options. */
export interface Figure {
  /** Shown above the panels. */
  readonly title: string;
  /** The figure in words, for those who cannot see it. */
  readonly description: string;
  /** The intended width in pixels. In less space its panels go below each other and it grows in height. */
  readonly width: number;
  /** Pixels, at that width. */
  readonly height: number;
  /** The most panels side by side. */
  readonly columns: number;
  /**
   * Where labels are: `ends` puts them at the ends of lines, and in a list above the panels all other labels, or all
   * labels if they don't fit at the ends; `list` puts all in the list; `auto` is `ends` if that needs no list.
   */
  readonly legend: Legend;
  /** The plots, row by row. */
  readonly panels: readonly Panel[];
}

/** The allowed places of a figure's labels; see `legend` of `Figure`. */
export const legends = ["auto", "ends", "list", "none"] as const;
/** Where a figure's labels are; see `legend` of `Figure`. */
export type Legend = (typeof legends)[number];

/** A plot within a figure. `panel` builds one from options. */
export interface Panel {
  /** Shown above the plot. */
  readonly title?: string;
  /** Words below the title that a reader of the plot needs, smaller: what its marks mean, or what it leaves out. */
  readonly note?: string;
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** Width of the plot divided by its height; free where it is not given. */
  readonly aspect?: number;
  /** Drawn in this order, each in its layers: surfaces below curves below shapes and words. */
  readonly marks: readonly Mark[];
}

/** Figures of one size, one after the other. */
export interface Animation {
  /** The number of frames. */
  readonly frames: number;
  /** Frames a second. */
  readonly rate: number;
  /** The frame with this number, from 0. */
  readonly frame: (index: number) => Figure;
}
