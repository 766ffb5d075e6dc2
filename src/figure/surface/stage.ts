import type { Scale } from "../scale.ts";
import { element } from "../svg/element.ts";
import { turned } from "../svg/line-labels.ts";
import { sizes } from "../svg/measure.ts";
import { type Placed, type Spot, written } from "../svg/place.ts";
import type { Paint } from "../svg/theme.ts";
import { words } from "../svg/words.ts";
import type { Vector } from "./light.ts";
import type { Scene } from "./scene.ts";

/** The edges of the floor that are near to the eye, and those behind the surface. */
interface Sides {
  readonly x: { readonly near: number; readonly far: number };
  readonly y: { readonly near: number; readonly far: number };
}

const sidesOf = ({ camera }: Scene): Sides => {
  const side = (eye: number) => ({ near: eye > 0 ? 0.5 : -0.5, far: eye > 0 ? -0.5 : 0.5 });
  return { x: side(camera.eye[0]), y: side(camera.eye[1]) };
};

interface Mark {
  /** From −½ to ½ across the floor; a share of the height upright. */
  readonly at: number;
  readonly label: string;
}

/** Ticks as places on the floor. */
const floorTicks = (scale: Scale, size: number, turned: boolean): Mark[] =>
  scale.ticks.flatMap(({ value, label }) => {
    const pixel = scale.at(value);
    if (pixel === null) return [];
    return [{ at: (turned ? 1 - pixel / size : pixel / size) - 0.5, label }];
  });

const uprightTicks = ({ z }: Scene): Mark[] =>
  z.ticks.flatMap(({ value, label }) => {
    const at = z.at(value);
    return at === null ? [] : [{ at, label }];
  });

/** The box in which a surface stands: its floor and the two walls behind it, with lines at the ticks. */
export function drawBox(scene: Scene, placed: Placed, paint: Paint): string {
  const { x, y } = sidesOf(scene);
  const { relief: top } = scene;
  const line = (...places: readonly Vector[]): string =>
    `M${places.map((each) => written(scene.spot(each))).join("L")}`;
  const lines = [
    ...floorTicks(placed.x, placed.plot.width, false).map(({ at }) =>
      line([at, y.near, 0], [at, y.far, 0], [at, y.far, top]),
    ),
    ...floorTicks(placed.y, placed.plot.height, true).map(({ at }) =>
      line([x.near, at, 0], [x.far, at, 0], [x.far, at, top]),
    ),
    ...uprightTicks(scene).map(({ at }) =>
      line([x.near, y.far, top * at], [x.far, y.far, top * at], [x.far, y.near, top * at]),
    ),
  ];
  const floor = `${line([x.near, y.near, 0], [x.far, y.near, 0], [x.far, y.far, 0], [x.near, y.far, 0])}Z`;
  const frame = [
    floor,
    line([x.near, y.far, 0], [x.near, y.far, top], [x.far, y.far, top], [x.far, y.near, top], [x.far, y.near, 0]),
    line([x.far, y.far, 0], [x.far, y.far, top]),
  ];
  return element(
    "g",
    { class: "box", fill: "none" },
    element("path", { d: floor, fill: paint("grid"), "fill-opacity": 0.35 }),
    element("path", { d: lines.join(""), stroke: paint("grid") }),
    element("path", { d: frame.join(""), stroke: paint("muted"), "stroke-opacity": 0.5 }),
  );
}

/** How far from the floor's edge its ticks and its name are, as shares of its width. */
const [TICKS, NAME] = [0.055, 0.15];

/** The words beside the axes: ticks and names along the two near edges of the floor, and beside an upright edge at the side. */
export function drawWords(scene: Scene, placed: Placed, paint: Paint): string {
  const { x, y } = sidesOf(scene);
  const beside = (edge: Vector, outward: Vector, far: number, label: string): string => {
    const from = scene.spot(edge);
    const to = scene.spot([edge[0] + far * outward[0], edge[1] + far * outward[1], edge[2]]);
    return words({ x: to[0], y: to[1] + 4, "text-anchor": anchorOf(to[0] - from[0], far) }, label);
  };
  const [outX, outY]: readonly Vector[] = [
    [2 * x.near, 0, 0],
    [0, 2 * y.near, 0],
  ];
  const across = floorTicks(placed.x, placed.plot.width, false);
  const deep = floorTicks(placed.y, placed.plot.height, true);
  return element(
    "g",
    { class: "axes", fill: paint("muted"), "font-size": sizes.tick },
    ...across.map(({ at, label }) => beside([at, y.near, 0], outY, TICKS, label)),
    ...deep.map(({ at, label }) => beside([x.near, at, 0], outX, TICKS, label)),
    ...upright(scene, { x, y }),
    placed.x.label
      ? along(
          scene,
          [-0.5, 0.5].map((at): Vector => [at, y.near * (1 + 2 * NAME), 0]),
          placed.x.label,
        )
      : "",
    placed.y.label
      ? along(
          scene,
          [-0.5, 0.5].map((at): Vector => [x.near * (1 + 2 * NAME), at, 0]),
          placed.y.label,
        )
      : "",
  );
}

/** Words in the middle between two places, and along the line between them. */
function along({ spot }: Scene, places: readonly Vector[], label: string): string {
  const [a, b] = places.map(spot).sort((p, q) => p[0] - q[0]);
  const turn = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
  const at: Spot = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  return words({ x: at[0], y: at[1] + 4, "text-anchor": "middle", transform: turned({ at, turn }) }, label);
}

/** Which end of the words is at their place: the one that faces the floor. */
function anchorOf(dx: number, far: number): string | undefined {
  const lean = dx / far;
  return lean > 90 ? undefined : lean < -90 ? "end" : "middle";
}

/** The ticks of the upright axis, beside the edge at the left, and its name above them. */
function upright(scene: Scene, { x, y }: Sides): string[] {
  const edges: readonly (readonly [number, number])[] = [
    [x.far, y.near],
    [x.near, y.far],
  ];
  const [[i, j]] = [...edges].sort((a, b) => scene.spot([a[0], a[1], 0])[0] - scene.spot([b[0], b[1], 0])[0]);
  const spotAt = (share: number): Spot => scene.spot([i, j, scene.relief * share]);
  const top = spotAt(1);
  return [
    ...uprightTicks(scene).map(({ at, label }) => {
      const [left, middle] = spotAt(at);
      // At the foot it keeps clear of the ticks along the floor.
      return words({ x: left - 7, y: middle + (at < 0.04 ? -2 : 4), "text-anchor": "end" }, label);
    }),
    scene.z.label ? words({ x: top[0] - 4, y: top[1] - 10, "text-anchor": "middle" }, scene.z.label) : "",
  ];
}
