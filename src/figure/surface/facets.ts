import { range } from "../points.ts";
import { rampAt } from "../ramp.ts";
import { element } from "../svg/element.ts";
import { type Spot, written } from "../svg/place.ts";
import { sunFrom } from "./camera.ts";
import { type Light, lightOf, type Vector } from "./light.ts";
import type { Scene } from "./scene.ts";
import { isSeen } from "./sight.ts";

/** Degrees of the sun from the viewer, and above the horizon: from the left, low enough for long shadows. */
const SUN_AT = { aside: -68, height: 36 };

/** A corner of a facet: a place in space, and its share of the height. */
type Corner = readonly [column: number, row: number, share: number];

/**
 * The facets of a surface, those at the back first, so that nearer ones cover them. What lies above the ceiling is cut off, along
 * a straight line through each facet.
 */
export function drawFacets(scene: Scene): string {
  const { field, relief, view } = scene;
  const { columns, rows } = field;
  const light = lightOf(field, relief, sunFrom(view.azimuth + SUN_AT.aside, SUN_AT.height));
  const paths: string[] = [];
  for (const i of fromFar(columns - 1, scene, 0))
    for (const j of fromFar(rows - 1, scene, 1)) paths.push(drawFacet(scene, light, i, j));
  return element("g", { class: "facets" }, ...paths.filter((path) => path !== ""));
}

/** Indices of facets along an axis, those farthest from the eye first. */
function fromFar(count: number, { camera, node }: Scene, axis: 0 | 1): number[] {
  const eye = node(camera.eye[0], camera.eye[1])[axis];
  return range(count).sort((a, b) => Math.abs(b + 0.5 - eye) - Math.abs(a + 0.5 - eye));
}

function drawFacet(scene: Scene, light: Light, i: number, j: number): string {
  const { field, place, spot } = scene;
  const at = (column: number, row: number): Corner => [column, row, field.heights[row * field.columns + column]];
  const whole = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)];
  if (whole.some(([, , share]) => Number.isNaN(share))) return "";
  const corners = cutOff(whole);
  if (corners.length < 3) return "";
  const places = corners.map(([column, row, share]) => place(column, row, share));
  if (![...places, middle(places)].some((each) => isSeen(scene, each))) return "";
  const d = relative(widened(places.map(spot)));
  return `<path fill="${colorOf(scene, light, corners, places)}" d="${d}"/>`;
}

/** Pixels by which facets overlap their neighbours, so that no gaps are seen between their edges. */
const OVERLAP = 0.45;

/** Corners moved away from their middle. */
function widened(spots: readonly Spot[]): Spot[] {
  const mean = (axis: 0 | 1): number => spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length;
  const [mx, my] = [mean(0), mean(1)];
  return spots.map(([x, y]): Spot => {
    const far = Math.hypot(x - mx, y - my) || 1;
    return [x + (OVERLAP * (x - mx)) / far, y + (OVERLAP * (y - my)) / far];
  });
}

/** A closed path from its first corner, in steps: shorter than places. Rounding does not add up. */
function relative(spots: readonly Spot[]): string {
  const tenths = spots.map(([x, y]) => [Math.round(10 * x), Math.round(10 * y)] as const);
  const steps = tenths.slice(1).map(([x, y], k) => written([(x - tenths[k][0]) / 10, (y - tenths[k][1]) / 10]));
  return `M${written(spots[0])}l${steps.join("l")}z`;
}

/** Without what is above the ceiling (Sutherland and Hodgman 1974), and with what is below the floor on it. */
export function cutOff(corners: readonly Corner[]): Corner[] {
  const kept: Corner[] = [];
  corners.forEach((b, k) => {
    const a = corners[(k + corners.length - 1) % corners.length];
    if (a[2] > 1 !== b[2] > 1) {
      const t = (1 - a[2]) / (b[2] - a[2]);
      kept.push([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), 1]);
    }
    if (b[2] <= 1) kept.push([b[0], b[1], Math.max(0, b[2])]);
  });
  return kept;
}

const middle = (places: readonly Vector[]): Vector => {
  const mean = (axis: 0 | 1 | 2): number => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
  return [mean(0), mean(1), mean(2)];
};

/** Light of the sky and of the sun on the upper side; the lower side is in the dark. */
const [SKY, SUN, BELOW] = [0.38, 1.05, 0.16];

function colorOf(scene: Scene, light: Light, corners: readonly Corner[], places: readonly Vector[]): string {
  const { field } = scene;
  const share = corners.reduce((sum, corner) => sum + corner[2], 0) / corners.length;
  const mean = (values: Float32Array): number =>
    corners.reduce((sum, [i, j]) => sum + values[Math.round(j) * field.columns + Math.round(i)], 0) / corners.length;
  const bright = isFromAbove(scene, places) ? SKY * mean(light.sky) + SUN * mean(light.sun) : BELOW;
  return lit(rampAt(share), bright);
}

/** Whether the eye looks at the upper side: the corners go round against the clock, as those of the grid do. */
function isFromAbove({ spot }: Scene, places: readonly Vector[]): boolean {
  const spots = places.map(spot);
  const area = spots.reduce((sum, [x, y], k) => {
    const [nextX, nextY] = spots[(k + 1) % spots.length];
    return sum + x * nextY - nextX * y;
  }, 0);
  return area <= 0;
}

/** A colour under light of a brightness, in linear light. */
function lit(color: readonly [number, number, number], bright: number): string {
  const channels = color.map((channel) => {
    const light = Math.min(1, (channel / 255) ** 2.2 * bright);
    return Math.round(255 * light ** (1 / 2.2))
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
