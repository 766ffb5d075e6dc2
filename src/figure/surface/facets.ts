import { range } from "../points.ts";
import { hexOf } from "../ramp.ts";
import { element } from "../svg/element.ts";
import { type Spot, written } from "../svg/place.ts";
import { sunFrom } from "./camera.ts";
import { heightAt } from "./field.ts";
import { lightOf, type Vector } from "./light.ts";
import { areaOf, outward } from "./outline.ts";
import type { Scene } from "./scene.ts";
import { isSeen } from "./sight.ts";
import { type Corner, difference, mean, type Tint, tintOf } from "./tint.ts";

/** Degrees of the sun from the viewer, and above the horizon: from the left, low enough for long shadows. */
const SUN_AT = { aside: -68, height: 36 };

/** What draws the parts of a surface. */
interface Brush {
  readonly scene: Scene;
  readonly tint: Tint;
}

/**
 * The facets of a surface, those at the back first, so that nearer ones cover them. What lies above the ceiling is cut off, along
 * a straight line through each facet.
 */
export function drawFacets(scene: Scene): string {
  const { field, relief, view } = scene;
  const light = lightOf(field, relief, sunFrom(view.azimuth + SUN_AT.aside, SUN_AT.height));
  const brush = { scene, tint: tintOf(field, light) };
  const paths: string[] = [];
  for (const i of fromFar(field.columns - 1, scene, 0))
    for (const j of fromFar(field.rows - 1, scene, 1)) paths.push(...drawFacet(brush, i, j));
  return element("g", { class: "facets" }, ...paths);
}

/** Indices of facets along an axis, those farthest from the eye first. */
function fromFar(count: number, { camera, node }: Scene, axis: 0 | 1): number[] {
  const eye = node(camera.eye[0], camera.eye[1])[axis];
  return range(count).sort((a, b) => Math.abs(b + 0.5 - eye) - Math.abs(a + 0.5 - eye));
}

/** A facet as one piece; where its colour changes much, as several. */
function drawFacet(brush: Brush, i: number, j: number): string[] {
  const { scene } = brush;
  const whole = cornersOf(scene, [i, i + 1], [j, j + 1]);
  if (whole.some(([, , share]) => Number.isNaN(share))) return [];
  const corners = cutOff(whole);
  if (corners.length < 3) return [];
  const places = corners.map((corner) => scene.place(...corner));
  if (![...places, middle(places)].some((each) => isSeen(scene, each))) return [];
  const [across, deep] = piecesOf(brush, whole);
  const part = (from: number, k: number, count: number) => [from + k / count, from + (k + 1) / count] as const;
  return inOrder(across, scene, [0, i]).flatMap((a) =>
    inOrder(deep, scene, [1, j]).flatMap((b) =>
      drawPiece(brush, cutOff(cornersOf(scene, part(i, a, across), part(j, b, deep)))),
    ),
  );
}

const cornersOf = (
  { field }: Scene,
  [left, right]: readonly [number, number],
  [near, far]: readonly [number, number],
): Corner[] =>
  [[left, near] as const, [right, near] as const, [right, far] as const, [left, far] as const].map(
    ([column, row]): Corner => [column, row, heightAt(field, column, row)],
  );

/** By how much of 255 the colours of neighbouring pieces differ, about: less would not be seen. */
const STEP = 10;

/** The most pieces along an edge of a facet, and the fewest pixels of one. */
const [MANY, SMALL] = [3, 1.6];

/** Into how many pieces a facet is divided along both axes, by the difference of colours along its edges. */
function piecesOf({ scene, tint }: Brush, corners: readonly Corner[]): readonly [across: number, deep: number] {
  const spots = corners.map((corner) => scene.spot(scene.place(...corner)));
  const above = isFromAbove(spots);
  const colors = corners.map((corner) => tint(corner, above));
  const along = (...edges: readonly (readonly [number, number])[]): number => {
    const most = Math.max(...edges.map(([a, b]) => difference(colors[a], colors[b])));
    const long = Math.max(...edges.map(([a, b]) => Math.hypot(spots[b][0] - spots[a][0], spots[b][1] - spots[a][1])));
    return Math.max(1, Math.min(MANY, Math.ceil(most / STEP), Math.floor(long / SMALL)));
  };
  return [along([0, 1], [3, 2]), along([0, 3], [1, 2])];
}

/** Pieces of the facet at an index along an axis, those farthest from the eye first. */
function inOrder(count: number, { camera, node }: Scene, [axis, index]: readonly [0 | 1, number]): number[] {
  const all = range(count);
  return node(camera.eye[0], camera.eye[1])[axis] > index + 0.5 ? all : all.reverse();
}

function drawPiece({ scene, tint }: Brush, corners: readonly Corner[]): string[] {
  if (corners.length < 3) return [];
  const spots = corners.map((corner) => scene.spot(scene.place(...corner)));
  const above = isFromAbove(spots);
  const outline = outward(spots, OVERLAP);
  if (outline.length < 3) return [];
  const color = mean(corners.map((corner) => tint(corner, above)));
  return [`<path fill="${hexOf(color)}" d="${relative(outline)}"/>`];
}

/** Pixels by which facets overlap their neighbours, so that no gaps are seen between their edges. */
const OVERLAP = 0.45;

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

/** Whether the eye looks at the upper side: the corners go round against the clock, as those of the grid do. */
const isFromAbove = (spots: readonly Spot[]): boolean => areaOf(spots) <= 0;
