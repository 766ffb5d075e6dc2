import {
  CatmullRomCurve3,
  Group,
  InstancedMesh,
  type Material,
  Matrix4,
  Mesh,
  SphereGeometry,
  TubeGeometry,
  Vector3,
} from "three";
import type { LiveLandscape, LiveSlice } from "../src/report/index.ts";
import { inScene, type Place } from "./box.ts";
import { isInside, type Stretch, stretchesIn } from "./clip.ts";
import { type Coat, coatOf } from "./coat.ts";

/** A way, and its number among all: its colour's. */
type Way = LiveSlice["paths"][number] & { readonly number: number };

/** The names of all ways; those of one name have one colour in all slices. */
export const wayNames = ({ slices }: LiveLandscape): string[] => [
  ...new Set(slices.flatMap(({ paths }) => paths.map(({ name }) => name))),
];

/** Where a way goes on above the box or below it, where it cannot be shown. */
export interface Exit {
  readonly way: number;
  readonly kind: "above" | "below";
  readonly place: Place;
}

/** The colours of ways, and that of the rim that sets them off from the surface. */
export interface Paints {
  readonly ways: readonly string[];
  readonly rim: string;
  /** Whether the points of ways are dots: an optimizer was there, while a curve between nets is whole. */
  readonly dots: boolean;
}

/** Radii: of a way, of the dots at its points, of stems; and what the rim is wider. */
const [WAY, DOT, STEM, RIM] = [0.0058, 0.0088, 0.0024, 0.0042];

/** Points of the tube from one place of a way to the next. */
const SMOOTH = 6;

/** A gap to the surface that is less than this is not seen. */
const GAP = 0.012;

/** The ways of optimizers as tubes at their true losses, with stems to the surface where they are off the plane; cut off where the box ends. */
export class Ways {
  readonly group = new Group();
  #exits: readonly Exit[] = [];
  #stems = 0;

  get exits(): readonly Exit[] {
    return this.#exits;
  }

  /** Whether a way leaves the plane so far that the gap is seen. */
  get hasStems(): boolean {
    return this.#stems > 0;
  }

  /** `placeOf`: where a loss at a point of the plane is, also outside the box; null where there is none. */
  draw(
    ways: readonly Way[],
    placeOf: (x: number, y: number, loss: number | null) => Place | null,
    paints: Paints,
  ): void {
    this.clear();
    const exits: Exit[] = [];
    for (const way of ways) {
      const coat = coatOf(paints.ways[way.number % paints.ways.length], paints.rim);
      const places = way.x.map((x, i) => placeOf(x, way.y[i], way.loss[i]));
      const stretches = stretchesIn(places);
      for (const stretch of stretches) {
        this.#tube(stretch.places, WAY, coat);
        exits.push(...exitsOf(stretch, way.number));
      }
      const inside = places.map((place) => (place !== null && isInside(place) ? place : null));
      if (paints.dots) {
        const there = inside.filter((place) => place !== null);
        this.#dots(there, coat);
      }
      inside.forEach((place, i) => {
        const foot = placeOf(way.x[i], way.y[i], way.onPlane[i]);
        if (place !== null && foot !== null && Math.abs(place[2] - foot[2]) > GAP) this.#stem(place, foot, coat);
      });
    }
    this.#exits = exits;
  }

  clear(): void {
    for (const mesh of this.group.children)
      if (mesh instanceof Mesh) {
        mesh.geometry.dispose();
        if (mesh instanceof InstancedMesh) mesh.dispose();
      }
    this.group.clear();
    this.#stems = 0;
  }

  #tube(places: readonly Place[], radius: number, coat: Coat): void {
    const points = apart(places.map((place) => new Vector3(...inScene(place))));
    if (points.length < 2) return;
    const curve = new CatmullRomCurve3(points);
    const steps = points.length === 2 ? 1 : SMOOTH * points.length;
    const tube = (r: number): TubeGeometry => new TubeGeometry(curve, steps, r, 8);
    this.#add(
      new Mesh(tube(radius), coat.hidden),
      new Mesh(tube(radius + RIM), coat.rim),
      new Mesh(tube(radius), coat.body),
    );
  }

  #dots(places: readonly Place[], coat: Coat): void {
    const spheres = (radius: number, material: Material): InstancedMesh => {
      const mesh = new InstancedMesh(new SphereGeometry(radius, 12, 8), material, places.length);
      for (const [i, place] of places.entries()) mesh.setMatrixAt(i, new Matrix4().setPosition(...inScene(place)));
      mesh.frustumCulled = false;
      return mesh;
    };
    if (places.length > 0) this.#add(spheres(DOT + RIM, coat.rim), spheres(DOT, coat.body));
  }

  #stem(top: Place, foot: Place, coat: Coat): void {
    const [stretch] = stretchesIn([top, foot]);
    if (stretch === undefined) return;
    const [a, b] = [stretch.places[0], stretch.places[stretch.places.length - 1]].map(
      (at) => new Vector3(...inScene(at)),
    );
    this.#stems++;
    if (a.distanceTo(b) > 0) this.#add(new Mesh(new TubeGeometry(new CatmullRomCurve3([a, b]), 1, STEM, 6), coat.body));
  }

  #add(...meshes: readonly Mesh[]): void {
    this.group.add(...meshes);
  }
}

const exitsOf = ({ above, below }: Stretch, way: number): Exit[] => [
  ...above.map((place) => ({ way, kind: "above", place }) as const),
  ...below.map((place) => ({ way, kind: "below", place }) as const),
];

/** Without points that repeat the one before: a tube has no direction there. */
const apart = (points: readonly Vector3[]): Vector3[] =>
  points.filter((point, k) => k === 0 || point.distanceTo(points[k - 1]) > 1e-6);
