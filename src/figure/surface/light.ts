import { range } from "../points.ts";
import type { Field } from "./field.ts";
import { heightAt } from "./field.ts";

/** A direction or a place in space: x to the right, y to the back, z up. The surface is 1 wide and 1 deep. */
export type Vector = readonly [x: number, y: number, z: number];

/** How much light comes to each node, from 0 to 1. */
export interface Light {
  /** Of the sky: less in chasms, from where little of it is seen. */
  readonly sky: Float32Array;
  /** Of the sun: by the angle at which it falls (Lambert 1760), none in the shadow of higher ground. */
  readonly sun: Float32Array;
}

/** `relief`: the height of the ceiling; `toSun`: the direction to the sun, of length 1. */
export function lightOf(field: Field, relief: number, toSun: Vector): Light {
  const ground = grounded(field);
  // The light takes a slope that is cut off at the ceiling as going on upward. Cut flat, it would get a false edge of light there.
  const slopes = { ...field, heights: field.heights.map((height) => Math.max(0, Math.min(HIGHEST, height))) };
  const each = (of: (column: number, row: number) => number): Float32Array =>
    Float32Array.from(field.heights, (_, at) => of(at % field.columns, Math.floor(at / field.columns)));
  return {
    sky: each((column, row) => skyOver(ground, relief, column, row)),
    sun: each((column, row) => {
      const facing = dot(normalAt(slopes, relief, column, row), toSun);
      return !(facing > 0) ? 0 : facing * (1 - shadowOn(ground, relief, toSun, [column, row]));
    }),
  };
}

/** How far a slope goes on above the ceiling, as a share of the height: peaks may be higher by powers of ten. */
const HIGHEST = 1.5;

/** The same surface with a plateau at its ceiling, and its holes filled up to the floor. */
const grounded = (field: Field): Field => ({
  ...field,
  heights: field.heights.map((height) => (Number.isNaN(height) ? 0 : Math.max(0, Math.min(1, height)))),
});

/** The direction that is upright on the surface, of length 1; NaN in a hole. Beside a hole it is that of the side that is there. */
export function normalAt({ columns, rows, heights }: Field, relief: number, column: number, row: number): Vector {
  const here = heights[row * columns + column];
  const slope = (index: number, count: number, at: (index: number) => number): number => {
    const there = (k: number): boolean => k >= 0 && k < count && !Number.isNaN(at(k));
    const [low, high] = [there(index - 1) ? index - 1 : index, there(index + 1) ? index + 1 : index];
    return low === high ? 0 * here : (relief * (count - 1) * (at(high) - at(low))) / (high - low);
  };
  const dx = slope(column, columns, (i) => heights[row * columns + i]);
  const dy = slope(row, rows, (j) => heights[j * columns + column]);
  const length = Math.hypot(dx, dy, 1) + 0 * here;
  return [-dx / length, -dy / length, 1 / length];
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Directions in which the horizon is looked for, and distances, as shares of the surface's width. */
const AROUND = range(12).map((k) => [Math.cos((k * Math.PI) / 6), Math.sin((k * Math.PI) / 6)] as const);
const DISTANCES = [0.008, 0.016, 0.028, 0.045, 0.07, 0.11, 0.17, 0.26, 0.4];

/** The share of the sky's light that is left when, in each direction, all below the horizon is dark: the mean of cos² of its height. */
function skyOver(field: Field, relief: number, column: number, row: number): number {
  const { columns, rows } = field;
  const here = heightAt(field, column, row);
  let open = 0;
  for (const [dx, dy] of AROUND) {
    let slope = 0;
    for (const far of DISTANCES) {
      const there = heightAt(field, column + dx * far * (columns - 1), row + dy * far * (rows - 1));
      if (!Number.isNaN(there)) slope = Math.max(slope, (relief * (there - here)) / far);
    }
    open += 1 / (1 + slope ** 2);
  }
  return open / AROUND.length;
}

/** The width of the sun, as a difference of slopes: wide, as through haze, so that the shadow of a straight rim has no straight edge. */
const PENUMBRA = 0.7;

/** How much of the sun is hidden behind higher ground, from 0 to 1. */
function shadowOn(field: Field, relief: number, sun: Vector, [column, row]: readonly [number, number]): number {
  const { columns, rows } = field;
  const across = Math.hypot(sun[0], sun[1]) || 1e-9;
  const [step, rise] = [1 / Math.max(columns, rows), sun[2] / across];
  const here = heightAt(field, column, row);
  let hidden = 0;
  for (let far = step; here * relief + far * rise < relief * (1 + far * PENUMBRA); far += step) {
    const [i, j] = [column + (sun[0] / across) * far * (columns - 1), row + (sun[1] / across) * far * (rows - 1)];
    const there = heightAt(field, i, j);
    if (Number.isNaN(there)) break;
    hidden = Math.max(hidden, 0.5 + ((relief * (there - here)) / far - rise) / PENUMBRA);
    if (hidden >= 1) return 1;
  }
  return hidden ** 2 * (3 - 2 * hidden);
}
