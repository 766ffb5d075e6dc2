import { isolines } from "../isolines.ts";
import { range } from "../points.ts";
import { element } from "../svg/element.ts";
import { type Spot, written } from "../svg/place.ts";
import { simplify } from "../svg/simplify.ts";
import type { Scene } from "./scene.ts";
import { isSeen } from "./sight.ts";

/** Lines of equal height on the surface, as far as they are seen; the rim where the surface is cut off at its ceiling is one. */
export function drawLines(scene: Scene, levels: readonly number[]): string {
  const shares = levels.map((level) => scene.z.at(level)).filter((share) => share !== null && share > 0 && share < 1);
  const { columns, rows, heights } = scene.field;
  const grid = {
    x: range(columns),
    y: range(rows),
    values: Array.from(heights, (height) => (Number.isNaN(height) ? null : height)),
  };
  const rings = isolines({ grid, levels: [...shares.filter((share) => share !== null), RIM], spacing: "linear" });
  const lines = rings.map(({ level, rings }) => rings.flatMap((ring) => stretches(scene, ring, level)));
  const draw = (stretch: readonly Spot[]): string => `M${simplify(stretch).map(written).join("L")}`;
  const paths = lines.map((all, k) => {
    const rim = k === lines.length - 1;
    const look = rim ? { "stroke-opacity": 0.9, "stroke-width": 1.1 } : {};
    return all.length === 0 ? "" : element("path", { d: all.map(draw).join(""), ...look });
  });
  const look = { class: "drape", fill: "none", stroke: "#ffffff", "stroke-opacity": 0.34, "stroke-width": 0.8 };
  return element("g", { ...look, "stroke-linejoin": "round" }, ...paths.filter((path) => path !== ""));
}

/** The ceiling; a plain that lies on it, but for rounding, has no rim. */
const RIM = 1 + 1e-6;

/** The parts of a ring that are seen, in pixels. */
function stretches(scene: Scene, ring: readonly (readonly [number, number])[], share: number): Spot[][] {
  const all: Spot[][] = [[]];
  for (const [column, row] of ring) {
    const place = scene.place(column, row, share);
    if (isInside(scene, column, row) && isSeen(scene, place)) all[all.length - 1].push(scene.spot(place));
    else if (all[all.length - 1].length > 0) all.push([]);
  }
  return all.filter((stretch) => stretch.length > 1);
}

/** Rings are closed along the edges of the surface and round its holes: that is no line of equal height. */
function isInside({ field }: Scene, column: number, row: number): boolean {
  const { columns, rows, heights } = field;
  if (column <= 0 || row <= 0 || column >= columns - 1 || row >= rows - 1) return false;
  const [i, j] = [Math.floor(column), Math.floor(row)];
  return [0, 1, columns, columns + 1].every((step) => !Number.isNaN(heights[j * columns + i + step]));
}
