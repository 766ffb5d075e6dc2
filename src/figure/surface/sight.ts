import { heightAt } from "./field.ts";
import type { Vector } from "./light.ts";
import type { Scene } from "./scene.ts";

/** The share of a facet's width by which a look starts off the surface that it comes from. */
const OFF = 0.6;

/**
 * Whether a place on the surface is seen, or hidden behind another part: it goes toward the eye, a facet at a time, and looks for
 * a crossing of the surface below its ceiling.
 */
export function isSeen(scene: Scene, place: Vector): boolean {
  const { field, relief, camera, node } = scene;
  const toEye: Vector = [camera.eye[0] - place[0], camera.eye[1] - place[1], camera.eye[2] - place[2]];
  const across = Math.hypot(toEye[0], toEye[1]) || 1e-9;
  const step = 1 / Math.max(field.columns, field.rows) / across;
  let before = Number.NaN;
  for (let t = OFF * step; place[2] + t * toEye[2] <= relief * 1.001; t += step) {
    const [column, row] = node(place[0] + t * toEye[0], place[1] + t * toEye[1]);
    if (column < 0 || row < 0 || column > field.columns - 1 || row > field.rows - 1) return true;
    const above = place[2] + t * toEye[2] - relief * heightAt(field, column, row);
    // Just beside the place itself a difference this small is only rounding.
    if (Number.isNaN(before) && Math.abs(above) < 0.004) continue;
    if (above > 0 !== before > 0 && !Number.isNaN(above) && !Number.isNaN(before)) return false;
    before = above;
  }
  return true;
}
