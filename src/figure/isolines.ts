import { contours } from "d3-contour";
import { type Grid, rangeOf } from "./grid.ts";
import type { Spacing } from "./levels.ts";

/** A surface, and the rising heights at which it is cut. */
interface Cut {
  readonly grid: Grid;
  readonly levels: readonly number[];
  readonly spacing: Spacing;
}

/** The ground above one level: closed rings of points, holes among them, in the units of the axes. */
export interface Ground {
  readonly level: number;
  readonly rings: readonly (readonly Corner[])[];
}

export type Corner = readonly [x: number, y: number];

/** Cuts the surface at each level: marching squares, with straight lines between the nodes. */
export function isolines(cut: Cut): Ground[] {
  const { grid, levels } = cut;
  const { x, y } = grid;
  const height = heightOf(cut);
  const values = grid.values.map((v) => (v === null || !Number.isFinite(v) ? -Infinity : height(v)));
  const rings = contours().size([x.length, y.length]);
  return levels.map((level) => {
    const { coordinates } = rings.contour(values, height(level));
    return { level, rings: coordinates.flat().map((ring) => ring.map(([i, j]) => corner(x, y, i, j))) };
  });
}

/** The scale in which the surface is taken to be straight between its nodes. */
function heightOf({ grid, levels, spacing }: Cut): (v: number) => number {
  if (spacing === "linear") return (v) => v;
  const { lo } = rangeOf(grid);
  const above = levels.map((v) => v - lo).find((d) => d > 0) ?? 1;
  return (v) => Math.log(Math.max(v - lo, above * 1e-3));
}

/** d3-contour puts the node of column i at i + ½ and closes rings half a cell outside the grid: on its edge, for us. */
const corner = (x: readonly number[], y: readonly number[], column: number, row: number): Corner => [
  nodeAt(x, column - 0.5),
  nodeAt(y, row - 0.5),
];

function nodeAt(nodes: readonly number[], index: number): number {
  const place = Math.max(0, Math.min(nodes.length - 1, index));
  const i = Math.min(nodes.length - 2, Math.floor(place));
  return nodes[i] + (nodes[i + 1] - nodes[i]) * (place - i);
}
