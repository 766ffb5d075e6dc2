import { BufferGeometry, Color, Float32BufferAttribute, Group, LineBasicMaterial, LineSegments } from "three";
import { linearTicks, logTicks, type Tick } from "../src/figure/surface/index.ts";
import type { LiveLandscape, LiveSlice } from "../src/report/index.ts";
import { floorOf } from "./ceiling.ts";
import { type Choice, RELIEF } from "./surface.ts";

/** A place in the box: across and deep from −½ to ½, and a share of its height. */
export type Place = readonly [x: number, y: number, share: number];

/** A tick at a share of its axis. */
export interface Mark {
  readonly at: number;
  readonly label: string;
}

const WORDS = 5;

/** The share of an axis within which a tick lies on the box's edge. */
const EDGE = 1e-6;

/** The ticks of the two axes of the floor, and of the upright one. */
export function marksOf(slice: LiveSlice, choice: Choice, landscape: LiveLandscape): readonly [Mark[], Mark[], Mark[]] {
  const along = (nodes: readonly number[]): Mark[] => {
    const [low, high] = [nodes[0], nodes[nodes.length - 1]];
    return marks(linearTicks([low, high], WORDS), (value) => (value - low) / (high - low));
  };
  const [low, high] = [floorOf(choice.scale, landscape), choice.ceiling];
  const upright =
    choice.scale === "log"
      ? marks(logTicks([low, high], WORDS), (value) => Math.log(value / low) / Math.log(high / low))
      : marks(linearTicks([low, high], WORDS), (value) => (value - low) / (high - low));
  return [along(slice.x), along(slice.y), upright];
}

const marks = (ticks: readonly Tick[], share: (value: number) => number): Mark[] =>
  ticks.map(({ value, label }) => ({ at: typeof value === "number" ? share(value) : 0, label }));

/** The sides of the box by where they lie: behind a surface they have lines at the ticks, in front of it they are hidden. */
export interface Box {
  readonly group: Group;
  /** Hides the walls in front. */
  face(eye: { readonly x: number; readonly z: number }): void;
  /** Draws the lines again, for other ticks. */
  rule(marks: readonly [Mark[], Mark[], Mark[]]): void;
  paint(grid: string, frame: string): void;
}

export function makeBox(): Box {
  const [thin, strong] = [0, 1].map(() => new LineBasicMaterial({ transparent: true }));
  const floor = new LineSegments(new BufferGeometry(), thin);
  const walls = [-0.5, 0.5].flatMap((at) => [
    { axis: "x" as const, at, lines: new LineSegments(new BufferGeometry(), thin) },
    { axis: "y" as const, at, lines: new LineSegments(new BufferGeometry(), thin) },
  ]);
  const frame = new LineSegments(geometry(square(0)), strong);
  // After the lines that end at it, and over them.
  frame.renderOrder = 1;
  const group = new Group();
  group.add(floor, frame, ...walls.map(({ lines }) => lines));
  return {
    group,
    face: (eye) => {
      // The scene's z points to the front, where the plane's y is low.
      for (const { axis, at, lines } of walls) lines.visible = (axis === "x" ? eye.x : -eye.z) * at < 0;
    },
    rule: ([xs, ys, zs]) => {
      replace(floor, [
        ...xs.filter(isWithin).flatMap(({ at }): Place[] => [
          [at - 0.5, -0.5, 0],
          [at - 0.5, 0.5, 0],
        ]),
        ...ys.filter(isWithin).flatMap(({ at }): Place[] => [
          [-0.5, at - 0.5, 0],
          [0.5, at - 0.5, 0],
        ]),
      ]);
      for (const { axis, at, lines } of walls) {
        const place = (along: number, share: number): Place => (axis === "x" ? [at, along, share] : [along, at, share]);
        replace(lines, [
          ...(axis === "x" ? ys : xs)
            .filter(isWithin)
            .flatMap((mark) => [place(mark.at - 0.5, 0), place(mark.at - 0.5, 1)]),
          ...[...zs.filter(isWithin), { at: 1 }].flatMap((mark) => [place(-0.5, mark.at), place(0.5, mark.at)]),
          ...[-0.5, 0.5].flatMap((end) => [place(end, 0), place(end, 1)]),
        ]);
      }
    },
    paint: (grid, edge) => {
      thin.color = new Color(grid);
      strong.color = new Color(edge);
    },
  };
}

/** Edges have lines of their own: a second one at the same place would show through in dots. */
const isWithin = ({ at }: Pick<Mark, "at">): boolean => at > EDGE && at < 1 - EDGE;

const square = (share: number): Place[] => {
  const corners: Place[] = [
    [-0.5, -0.5, share],
    [0.5, -0.5, share],
    [0.5, 0.5, share],
    [-0.5, 0.5, share],
  ];
  return corners.flatMap((corner, k) => [corner, corners[(k + 1) % 4]]);
};

/** A place as the scene has it: x to the right, up, and to the front. */
export const inScene = ([x, y, share]: Place): readonly [number, number, number] => [x, share * RELIEF, -y];

function geometry(places: readonly Place[]): BufferGeometry {
  return new BufferGeometry().setAttribute(
    "position",
    new Float32BufferAttribute(
      places.flatMap((each) => [...inScene(each)]),
      3,
    ),
  );
}

function replace(lines: LineSegments, places: readonly Place[]): void {
  lines.geometry.dispose();
  lines.geometry = geometry(places);
}
