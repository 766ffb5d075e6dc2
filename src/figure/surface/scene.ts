import type { NumberAxis } from "../axis.ts";
import type { Grid } from "../grid.ts";
import { range } from "../points.ts";
import { domainOf, type Scale, scaleOf, ticksOf } from "../scale.ts";
import { sizes, textWidth } from "../svg/measure.ts";
import type { Placed, Spot } from "../svg/place.ts";
import { type Camera, cameraAt, type View } from "./camera.ts";
import { type Field, nodesDrawn, refine } from "./field.ts";
import type { Vector } from "./light.ts";

/** What is to be seen, and how. */
export interface Seen {
  readonly grid: Grid;
  readonly z: NumberAxis;
  readonly view: View;
  /** Height of the box in which the surface stands, divided by its width. */
  readonly relief: number;
}

/** A surface in space, ready to be drawn: its floor is the plot of the panel, laid flat. */
export interface Scene {
  readonly field: Field;
  /** From where it is seen. */
  readonly view: View;
  readonly relief: number;
  readonly camera: Camera;
  /** Shares of the height for values, and the ticks of the axis that stands upright. */
  readonly z: Scale;
  /** The place in space of a node, counted in nodes; `share` of the height. */
  readonly place: (column: number, row: number, share: number) => Vector;
  /** The node of a place in space. */
  readonly node: (x: number, y: number) => readonly [column: number, row: number];
  /** Where a place is seen, in pixels of the plot. */
  readonly spot: (place: Vector) => Spot;
}

/** Pixels across a facet, about. */
const FACET = 5;

/** The least and the most facets along an axis of the surface. */
const [COARSEST, FINEST] = [24, 112];

/** Null where the surface does not lie on the panel's axes, as among names. */
export function sceneOf({ grid, z, view, relief }: Seen, placed: Placed): Scene | null {
  const edges = edgesOf(grid, placed);
  if (edges === null) return null;
  const [left, right, near, far] = edges;
  const most = Math.max(COARSEST, Math.min(FINEST, Math.round(placed.plot.width / FACET)));
  const upright = uprightScale(z, grid, placed);
  const values = Float64Array.from(grid.values, (value) => upright.at(value) ?? Number.NaN);
  const field = within(
    refine({ ...grid, values }, nodesDrawn(grid.x.length, most), nodesDrawn(grid.y.length, most)),
    edges,
  );
  const camera = cameraAt(view, relief);
  const [across, deep] = [(right - left) / (field.columns - 1), (far - near) / (field.rows - 1)];
  return {
    ...{ field, view, relief, camera, z: upright },
    place: (column, row, share) => [left + across * column - 0.5, near + deep * row - 0.5, relief * share],
    node: (x, y) => [(x + 0.5 - left) / across, (y + 0.5 - near) / deep],
    spot: fitted(camera, relief, placed, upright),
  };
}

/** The grid's ends along both axes, as shares of the plot from its left and its lower edge. */
function edgesOf({ x, y }: Grid, placed: Placed): readonly [number, number, number, number] | null {
  const { width, height } = placed.plot;
  const [left, right] = [placed.x.at(x[0]), placed.x.at(x[x.length - 1])];
  const [near, far] = [placed.y.at(y[0]), placed.y.at(y[y.length - 1])];
  if (left === null || right === null || near === null || far === null || left === right || near === far) return null;
  return [left / width, right / width, 1 - near / height, 1 - far / height];
}

/** Without the nodes that lie outside the plot. */
function within(field: Field, [left, right, near, far]: readonly [number, number, number, number]): Field {
  const { columns, rows } = field;
  const inside = (from: number, to: number, share: number): boolean => {
    const at = from + (to - from) * share;
    return at > -1e-6 && at < 1 + 1e-6;
  };
  return {
    ...field,
    heights: field.heights.map((height, at) =>
      inside(left, right, (at % columns) / (columns - 1)) && inside(near, far, Math.floor(at / columns) / (rows - 1))
        ? height
        : Number.NaN,
    ),
  };
}

/** Pixels from one tick of the upright axis to the next. */
const TICK = 34;

function uprightScale(z: NumberAxis, grid: Grid, { plot }: Placed): Scale {
  const domain = domainOf(z, grid.values, 0);
  return scaleOf(z, domain, [0, 1], ticksOf(z, domain, 0.35 * plot.height, TICK));
}

/** Pixels around the box for the words of its axes, at least; and beside the longest of the upright axis. */
const ROOM = { left: 46, right: 34, top: 10, bottom: 40 };
const BESIDE = 12;

/** Makes the picture of the box as large as the plot allows. */
function fitted(camera: Camera, relief: number, { plot }: Placed, upright: Scale): (place: Vector) => Spot {
  const longest = Math.max(0, ...upright.ticks.map(({ label }) => textWidth(label, sizes.tick)));
  const room = { ...ROOM, left: Math.max(ROOM.left, longest + BESIDE) };
  const corners = range(8).map((k) => camera.show([(k & 1) - 0.5, ((k >> 1) & 1) - 0.5, k > 3 ? relief : 0]));
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const width = Math.max(20, plot.width - room.left - room.right);
  const height = Math.max(20, plot.height - room.top - room.bottom);
  const scale = Math.min(width / (right - left), height / (bottom - top));
  const x0 = room.left + (width - scale * (right - left)) / 2 - scale * left;
  const y0 = room.top + (height - scale * (bottom - top)) / 2 - scale * top;
  return (place) => {
    const [x, y] = camera.show(place);
    return [x0 + scale * x, y0 + scale * y];
  };
}
