import { type Field, lightOf, nodesDrawn, normalAt, refine } from "../src/figure/surface/index.ts";
import type { Coloring, LiveLandscape, LiveSlice } from "../src/report/index.ts";
import { floorOf } from "./ceiling.ts";

/** What a reader has chosen. */
export interface Choice {
  readonly scale: "linear" | "log";
  /** The loss at which surfaces are cut off. */
  readonly ceiling: number;
  readonly coloring: Coloring;
  readonly lines: boolean;
}

/** The height of the box in which a surface stands, divided by its width. */
export const RELIEF = 0.5;

/** The most nodes drawn along an axis, about: smooth at any size, and quick to light again. */
const FINEST = 160;

/** Where the sun stands: in front on the left, low enough for long shadows, as in still pictures. x to the right, y to the back, z up. */
export const TO_SUN = [-0.71, -0.38, 0.59] as const;

/** A surface above its ceiling goes on a little, so that it is cut off cleanly, and not so far that numbers lose digits. */
const HIGHEST = 4;

/** Losses at the nodes that are drawn, on both scales: as they are, and as logarithms. NaN in holes. */
export class Surface {
  readonly slice: LiveSlice;
  readonly columns: number;
  readonly rows: number;
  readonly #linear: Float64Array;
  readonly #log: Float64Array;
  readonly #mostCurved: number;

  constructor(slice: LiveSlice, least: number, mostCurved: number) {
    [this.slice, this.#mostCurved] = [slice, mostCurved];
    [this.columns, this.rows] = [slice.x, slice.y].map(({ length }) => nodesDrawn(length, FINEST));
    this.#linear = this.#refined(slice, slice.loss, (loss) => loss);
    this.#log = this.#refined(slice, slice.loss, (loss) => Math.log(Math.max(loss, least)));
  }

  /** Shares of the height of the box: above 1 what is cut off, NaN in holes. */
  shares({ scale, ceiling }: Choice, landscape: LiveLandscape): Float64Array {
    const [low, high] = [floorOf(scale, landscape), ceiling].map((loss) => (scale === "log" ? Math.log(loss) : loss));
    const values = scale === "log" ? this.#log : this.#linear;
    return values.map((value) => Math.max(0, Math.min(HIGHEST, (value - low) / (high - low))));
  }

  /** Shares of the ramp by another quantity than the loss; NaN where there is none. Low is dark: right answers, convex places. */
  colors(coloring: Exclude<Coloring, "loss">): Float64Array {
    const { slice } = this;
    if (coloring === "accuracy" && slice.accuracy) return this.#refined(slice, slice.accuracy, (share) => 1 - share);
    if (coloring === "curvature" && slice.curvature)
      return this.#refined(slice.curvature, slice.curvature.ratio, (ratio) => Math.min(1, ratio / this.#mostCurved));
    return new Float64Array(this.columns * this.rows).fill(Number.NaN);
  }

  field(shares: Float64Array): Field {
    return { columns: this.columns, rows: this.rows, heights: shares };
  }

  #refined(
    { x, y }: Pick<LiveSlice, "x" | "y">,
    values: LiveSlice["loss"],
    of: (value: number) => number,
  ): Float64Array {
    const flat = Float64Array.from(values.flat(), (value) => (value === null ? Number.NaN : of(value)));
    return refine({ x, y, values: flat }, this.columns, this.rows).heights;
  }
}

/** Upright directions at all nodes, three numbers each: x to the right, height, and to the front, as the scene has them. */
export function normalsOf(field: Field): Float32Array {
  const normals = new Float32Array(3 * field.heights.length);
  field.heights.forEach((_, at) => {
    const [x, y, z] = normalAt(field, RELIEF, at % field.columns, Math.floor(at / field.columns));
    normals.set(Number.isNaN(x + y) ? [0, 1, 0] : [x, z, -y], 3 * at);
  });
  return normals;
}

/** Light of sky and sun at all nodes, two numbers each. */
export function lightsOf(field: Field): Float32Array {
  const { sky, sun } = lightOf(field, RELIEF, TO_SUN);
  const lights = new Float32Array(2 * sky.length);
  sky.forEach((share, at) => void lights.set([share, sun[at]], 2 * at));
  return lights;
}

/** Corners of triangles: two for each four neighbours that are all there. */
export function trianglesOf({ columns, rows, heights }: Field): Uint32Array {
  const corners: number[] = [];
  for (let j = 0; j + 1 < rows; j++)
    for (let i = 0; i + 1 < columns; i++) {
      const a = j * columns + i;
      const all = [a, a + 1, a + columns, a + columns + 1];
      if (!all.some((at) => Number.isNaN(heights[at])))
        corners.push(a, a + 1, a + columns + 1, a, a + columns + 1, a + columns);
    }
  return Uint32Array.from(corners);
}
