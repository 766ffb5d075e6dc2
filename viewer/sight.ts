import { Vector3 } from "three";
import { type Field, heightAt } from "../src/figure/surface/index.ts";
import { RELIEF } from "./surface.ts";

/** How far a line of sight goes from one look at the surface to the next. */
const [FINE, COARSE] = [0.004, 0.01];

/** How far a look starts off the place that it comes from, which can lie on the surface. */
const OFF = 0.03;

/** Where an eye that looks in a direction, of length 1, meets the surface below its ceiling; null where it looks past it. */
export const met = (field: Field, eye: Vector3, toward: Vector3): Vector3 | null =>
  crossing(field, eye, toward, [0.5, 8], FINE);

/** Whether an eye sees a place in the scene, or the surface hides it. */
export function isSeen(field: Field, place: Vector3, eye: Vector3): boolean {
  const far = place.distanceTo(eye);
  const toward = eye.clone().sub(place).divideScalar(far);
  return crossing(field, place, toward, [OFF, Math.min(far, 2)], COARSE) === null;
}

function crossing(
  field: Field,
  from: Vector3,
  toward: Vector3,
  [begin, end]: readonly [number, number],
  step: number,
): Vector3 | null {
  const { columns, rows } = field;
  let before = Number.NaN;
  for (let t = begin; t < end; t += step) {
    const at = [from.x + t * toward.x, from.y + t * toward.y, from.z + t * toward.z];
    // The scene's z points to the front, where the plane's y is low.
    const share = heightAt(field, (at[0] + 0.5) * (columns - 1), (0.5 - at[2]) * (rows - 1));
    const above = at[1] - RELIEF * share;
    if (share <= 1 && above > 0 !== before > 0 && !Number.isNaN(above) && !Number.isNaN(before))
      return new Vector3(...at);
    before = above;
  }
  return null;
}
