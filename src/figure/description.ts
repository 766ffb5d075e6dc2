/**
 * What a figure is: plain immutable data that survives JSON, drawn by every renderer of this chapter.
 * Build it with the functions of `build.ts` and `marks.ts`, which check it and fill in what is automatic.
 */

/** A place along an axis: a number, or a name on a band axis. `null` is a hole: missing, or not a finite number. */
export type Coordinate = number | string | null;

export type Point = readonly [x: Coordinate, y: Coordinate];

export interface Figure {
  readonly title: string;
  /** What the figure shows, in words, for those who cannot see it. */
  readonly description: string;
  /** Pixels, at the width it is meant for. Narrower, its panels go below each other and it grows in height. */
  readonly width: number;
  readonly height: number;
  /** The most panels side by side. */
  readonly columns: number;
  /**
   * `ends`: labels at the ends of lines, and a list above the panels for what else has one, or for all where they don't
   * fit. `list`: all in the list. `auto` takes `ends` where no list is needed beside them.
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
  /** Drawn in this order, each kind in its layer: surfaces below curves below points and words. */
  readonly marks: readonly Mark[];
}

export type Axis = NumberAxis | BandAxis;

export interface NumberAxis {
  readonly label?: string;
  readonly scale: "linear" | "log";
  /** Automatic where it is not given: all marks fit. */
  readonly domain?: readonly [number, number];
  readonly ticks?: readonly number[];
  /** What is counted, such as epochs or steps: only whole numbers get a tick. */
  readonly whole?: boolean;
}

export interface BandAxis {
  readonly label?: string;
  readonly scale: "band";
  /** The names in order; by default as the marks bring them. */
  readonly domain?: readonly string[];
}

export const dashes = ["solid", "dashed", "dotted", "dash-dot", "long-dash"] as const;
export type Dash = (typeof dashes)[number];

export const shapes = ["circle", "square", "triangle", "diamond", "plus", "star", "times", "triangle-down"] as const;
export type MarkerShape = (typeof shapes)[number];

export const weights = ["thin", "normal", "bold"] as const;
export type Weight = (typeof weights)[number];

/** To which curve a mark belongs. Marks with the same label share number, colour, dash and legend entry. */
export interface Look {
  readonly label?: string;
  /** The curve's number in the palette, from 0; marks with a label get one by themselves. */
  readonly series?: number;
  /** "#rrggbb" in place of the palette's colour, or "ink": the colour of the text, black or white with the theme. */
  readonly color?: string;
}

export type Mark = LineMark | BandMark | ContourMark | MarkerMark | ArrowMark | TextMark | RuleMark | BarMark;

/** A polyline with gaps at holes. */
export interface LineMark extends Look {
  readonly kind: "line";
  readonly points: readonly Point[];
  readonly dash?: Dash;
  readonly weight?: Weight;
  /** The run ended here because its numbers did: the end gets a cross. */
  readonly diverged?: boolean;
}

/** The area between two curves over the same x. */
export interface BandMark extends Look {
  readonly kind: "band";
  readonly points: readonly (readonly [x: Coordinate, lo: Coordinate, hi: Coordinate])[];
}

/** The values of z = f(x, y) at the nodes of a grid, row by row: `values[j * x.length + i]` is f(x[i], y[j]). */
export interface Grid {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly values: readonly (number | null)[];
}

export interface ContourMark {
  readonly kind: "contour";
  readonly grid: Grid;
  /** Rising heights at which the surface is cut. */
  readonly levels: readonly number[];
  /** How the surface is taken to run between the nodes: evenly, or evenly in the logarithm above its lowest value. */
  readonly spacing: "linear" | "log";
  /** Whether higher ground is tinted. */
  readonly filled: boolean;
}

export interface MarkerMark extends Look {
  readonly kind: "marker";
  readonly points: readonly Point[];
  readonly shape?: MarkerShape;
  /** Diameter in pixels. */
  readonly size?: number;
  /** Words shown when the pointer rests on a marker, one for each point. */
  readonly titles?: readonly string[];
}

export interface ArrowMark extends Look {
  readonly kind: "arrow";
  readonly from: Point;
  readonly to: Point;
}

export interface TextMark extends Look {
  readonly kind: "text";
  readonly at: Point;
  readonly text: string;
  /** Which end of the words is at the point. */
  readonly anchor: "start" | "middle" | "end";
  /** Pixels to the right and down, to keep clear of what is marked. */
  readonly shift: readonly [number, number];
}

/** A straight line across the panel: vertical at an x, or horizontal at a y. */
export interface RuleMark extends Look {
  readonly kind: "rule";
  readonly axis: "x" | "y";
  readonly at: Coordinate;
  readonly text?: string;
}

/** Bars from zero (from the edge on a log axis), along the axis that is not the band axis. */
export interface BarMark extends Look {
  readonly kind: "bar";
  readonly points: readonly Point[];
}
