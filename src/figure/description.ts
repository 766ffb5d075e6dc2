/**
 * A figure: plain immutable data that survives JSON, drawn by every renderer of this chapter.
 * Build it with the functions of `build.ts` and `marks/`, which check their options and fill in the defaults.
 */

import type { Axis } from "./axis.ts";
import type { Mark } from "./kinds.ts";

export interface Figure {
  readonly title: string;
  /** The figure in words, for those who cannot see it. */
  readonly description: string;
  /** Pixels, at the width it is meant for. Narrower, its panels go below each other and it grows in height. */
  readonly width: number;
  readonly height: number;
  /** The most panels side by side. */
  readonly columns: number;
  /**
   * `ends`: labels at the ends of lines, and a list above the panels for all other labels, or for all labels where
   * they don't fit at the ends. `list`: all in the list. `auto` takes `ends` where no list is needed beside them.
   */
  readonly legend: Legend;
  readonly panels: readonly Panel[];
}

export const legends = ["auto", "ends", "list", "none"] as const;
export type Legend = (typeof legends)[number];

export interface Panel {
  readonly title?: string;
  readonly x: Axis;
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
