import type { Point } from "../axis.ts";
import type { Placed, Space } from "../svg/place.ts";
import { heightAt } from "./field.ts";
import type { Scene } from "./scene.ts";
import { isSeen } from "./sight.ts";

/** A height this near to the surface, as a share of the box, is on it: between its nodes a surface is only about right. */
const ON = 0.02;

/** A share that is only rounded out of the box is within. */
const ROUNDING = 1e-6;

/** The scene of a surface, for marks that are placed by the panel's axes. */
export function spaceOf(scene: Scene, placed: Placed): Space {
  const { field, relief, node, spot } = scene;
  const onFloor = ([px, py]: Point): readonly [x: number, y: number] | null => {
    const [left, top] = [placed.x.at(px), placed.y.at(py)];
    if (left === null || top === null) return null;
    const [x, y] = [left / placed.plot.width - 0.5, 0.5 - top / placed.plot.height];
    return Math.max(Math.abs(x), Math.abs(y)) <= 0.5 + ROUNDING ? [x, y] : null;
  };
  const ground = (point: Point): number => {
    const floor = onFloor(point);
    return floor === null ? Number.NaN : heightAt(field, ...inside(node(...floor), field));
  };
  return {
    ground,
    see: (point, height) => {
      const floor = onFloor(point);
      if (floor === null || !(height <= 1 + ROUNDING)) return null;
      const surface = ground(point);
      const shown = Math.max(0, height);
      const upon = Math.abs(shown - surface) < ON ? Math.max(shown, surface) : shown;
      return {
        spot: spot([...floor, relief * shown]),
        hidden: !isSeen(scene, [...floor, relief * upon]),
      };
    },
    facets: (from, to) => {
      const [a, b] = [from, to].map((point) => onFloor(point));
      if (a === null || b === null) return field.columns;
      const [[i, j], [k, l]] = [node(...a), node(...b)];
      return Math.hypot(k - i, l - j);
    },
  };
}

/** Not beyond the last node by rounding. */
const inside = (
  [column, row]: readonly [number, number],
  { columns, rows }: Scene["field"],
): readonly [number, number] => [Math.max(0, Math.min(columns - 1, column)), Math.max(0, Math.min(rows - 1, row))];
