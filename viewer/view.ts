import { BufferAttribute, BufferGeometry, type DataTexture, Mesh, PerspectiveCamera, Scene, Vector3 } from "three";
import { heightAt } from "../src/figure/surface/index.ts";
import type { LiveLandscape, LiveSlice, PlaceKind } from "../src/report/index.ts";
import { type Box, inScene, makeBox, marksOf, type Place } from "./box.ts";
import { floorOf, heightsFor } from "./ceiling.ts";
import { isInside } from "./clip.ts";
import { levelShares } from "./levels.ts";
import { MOST_LINES, materialOf } from "./material.ts";
import type { Orbit } from "./orbit.ts";
import { isSeen, met } from "./sight.ts";
import { type Choice, lightsOf, normalsOf, Surface, trianglesOf } from "./surface.ts";
import { type Paints, Ways, wayNames } from "./ways.ts";

/** How wide the camera sees, in degrees, and how far it stands to see a whole box. */
const [WIDE, FAR] = [30, 2.75];

/** Pixels below which a view is small. */
const SMALL = 560;

/** A node of a slice's grid. */
export interface Node {
  readonly row: number;
  readonly column: number;
}

/** A slice in space. */
export class View {
  readonly slice: LiveSlice;
  readonly camera = new PerspectiveCamera(WIDE, 1, 0.1, 20);
  readonly scene = new Scene();
  readonly box: Box = makeBox();
  readonly surface: Surface;
  readonly ways = new Ways();
  readonly landscape: LiveLandscape;
  readonly #geometry = new BufferGeometry();
  readonly #materials: readonly ReturnType<typeof materialOf>[];
  #shown: Float64Array;
  #choice: Choice;

  constructor(slice: LiveSlice, landscape: LiveLandscape, choice: Choice, ramp: DataTexture) {
    [this.slice, this.landscape, this.#choice] = [slice, landscape, choice];
    this.surface = new Surface(slice, landscape.log?.domain[0] ?? 1e-12, landscape.mostCurved);
    this.#shown = this.surface.shares(choice, landscape);
    this.#materials = [materialOf(ramp, false), materialOf(ramp, true)];
    const meshes = this.#materials.map((material) => new Mesh(this.#geometry, material));
    for (const mesh of meshes) mesh.frustumCulled = false;
    this.scene.add(...meshes, this.box.group, this.ways.group);
    this.#geometry.setAttribute("place", new BufferAttribute(this.#places(), 2));
    this.#geometry.setIndex(new BufferAttribute(trianglesOf(this.surface.field(this.#shown)), 1));
    this.choose(choice);
    this.show(this.#shown, true);
  }

  /** The heights of a choice: where `show` is to lead. */
  target(choice: Choice): Float64Array {
    return this.surface.shares(choice, this.landscape);
  }

  get shown(): Float64Array {
    return this.#shown;
  }

  /** Colours, lines and ticks of a choice; heights are for `show`. */
  choose(choice: Choice): void {
    this.#choice = choice;
    const { levels } = heightsFor(choice.scale, this.landscape);
    const shares = levelShares(
      levels.map((level) => this.shareOf(level)),
      MOST_LINES,
    );
    for (const { uniforms } of this.#materials) {
      uniforms.lined.value = choice.lines ? 1 : 0;
      uniforms.levels.value = Float32Array.from({ length: MOST_LINES }, (_, k) => shares[k] ?? 0);
      uniforms.count.value = shares.length;
    }
    this.#tone(this.target(choice));
    this.box.rule(marksOf(this.slice, choice, this.landscape));
  }

  /** Draws heights; `lit`: whether to compute the light on them anew, which takes longest. */
  show(shares: Float64Array, lit: boolean): void {
    this.#shown = shares;
    const field = this.surface.field(shares);
    this.#set(
      "share",
      Float32Array.from(shares, (share) => (Number.isNaN(share) ? 0 : share)),
      1,
    );
    this.#set("upright", normalsOf(field), 3);
    if (lit) this.#set("light", lightsOf(field), 2);
  }

  #set(name: string, values: Float32Array, size: number): void {
    const old = this.#geometry.getAttribute(name);
    if (old instanceof BufferAttribute && old.array.length === values.length) {
      old.array.set(values);
      old.needsUpdate = true;
    } else this.#geometry.setAttribute(name, new BufferAttribute(values, size));
  }

  #tone(shares: Float64Array): void {
    const { coloring } = this.#choice;
    const tones = coloring === "loss" ? shares : this.surface.colors(coloring);
    this.#set(
      "tone",
      Float32Array.from(tones, (tone) => (Number.isNaN(tone) ? -1 : Math.min(1, tone))),
      1,
    );
  }

  #places(): Float32Array {
    const { columns, rows } = this.surface;
    return Float32Array.from({ length: 2 * columns * rows }, (_, k) => {
      const at = k >> 1;
      return k % 2 === 0 ? (at % columns) / (columns - 1) - 0.5 : Math.floor(at / columns) / (rows - 1) - 0.5;
    });
  }

  /** Draws the ways for the choice. */
  trace(colors: Omit<Paints, "dots">): void {
    const dots = this.slice.places.some(({ kind }) => kind === "start");
    const names = wayNames(this.landscape);
    const ways = this.slice.paths.map((path) => ({ ...path, number: names.indexOf(path.name) }));
    this.ways.draw(ways, (x, y, loss) => this.#placeOf(x, y, loss), { ...colors, dots });
  }

  /** The marked places that are in the box; a net whose loss is not known stands on the surface. */
  places(): { readonly kind: PlaceKind; readonly place: Place }[] {
    return this.slice.places.flatMap(({ kind, x, y, loss }) => {
      const place = loss === undefined ? this.#onSurface(x, y) : this.#placeOf(x, y, loss);
      return place !== null && isInside(place) ? [{ kind, place }] : [];
    });
  }

  /** Where a loss at a point of the plane is, also outside the box; null where there is none. */
  #placeOf(x: number, y: number, loss: number | null): Place | null {
    return loss === null
      ? null
      : [shareAlong(this.slice.x, x) - 0.5, shareAlong(this.slice.y, y) - 0.5, this.shareOf(loss)];
  }

  #onSurface(x: number, y: number): Place | null {
    const { columns, rows } = this.surface;
    const [across, deep] = [shareAlong(this.slice.x, x), shareAlong(this.slice.y, y)];
    const share = heightAt(this.surface.field(this.#shown), across * (columns - 1), deep * (rows - 1));
    return Number.isNaN(share) ? null : [across - 0.5, deep - 0.5, share];
  }

  /** Where a place is seen, in pixels of the view. */
  pixel(place: Place, [width, height]: readonly [width: number, height: number]): readonly [x: number, y: number] {
    const seen = new Vector3(...inScene(place)).project(this.camera);
    return [((seen.x + 1) / 2) * width, ((1 - seen.y) / 2) * height];
  }

  /** Whether a place is not hidden by the surface. */
  sees(place: Place): boolean {
    return isSeen(this.surface.field(this.#shown), new Vector3(...inScene(place)), this.camera.position);
  }

  /** The share of the height for a loss; below 0 and above 1 outside the box. */
  shareOf(loss: number): number {
    const { scale, ceiling } = this.#choice;
    const low = floorOf(scale, this.landscape);
    if (scale === "linear") return (loss - low) / (ceiling - low);
    return loss > 0 ? Math.log(loss / low) / Math.log(ceiling / low) : -1;
  }

  /** Puts the camera where the orbit says; farther back in a narrow view, and in a small one, where words take more of it. */
  aim({ azimuth, elevation, distance }: Orbit, width: number, height: number): void {
    const aspect = width / height;
    const [a, e] = [azimuth, elevation].map((degrees) => (degrees * Math.PI) / 180);
    const far = FAR * distance * Math.max(1, 1.22 / aspect) * (1 + Math.max(0, SMALL - width) / (3 * SMALL));
    this.camera.aspect = aspect;
    this.camera.position.set(far * Math.cos(e) * Math.sin(a), far * Math.sin(e) + 0.2, far * Math.cos(e) * Math.cos(a));
    this.camera.lookAt(0, 0.2, 0);
    this.camera.updateProjectionMatrix();
    this.camera.updateMatrixWorld();
    this.box.face(this.camera.position);
  }

  /** The node of the slice nearest to where a pointer is over the view's element; null beside the surface. */
  pick({ clientX, clientY }: PointerEvent, { left, top, width, height }: DOMRect): Node | null {
    const [across, up] = [(2 * (clientX - left)) / width - 1, 1 - (2 * (clientY - top)) / height];
    const eye = this.camera.position;
    const toward = new Vector3(across, up, 0.5).unproject(this.camera).sub(eye).normalize();
    const at = met(this.surface.field(this.#shown), eye, toward);
    if (at === null) return null;
    return { column: nearest(this.slice.x, at.x + 0.5), row: nearest(this.slice.y, 0.5 - at.z) };
  }

  /** Where a node's loss is in the box; null where there is none, or above the ceiling. */
  nodeAt({ row, column }: Node): Place | null {
    const { x, y, loss } = this.slice;
    const place = this.#placeOf(x[column], y[row], loss[row][column]);
    return place !== null && place[2] <= 1 ? place : null;
  }

  /** Whether another view's nodes are at the same places. */
  sharesGrid({ slice: { x, y } }: View): boolean {
    return String(x) === String(this.slice.x) && String(y) === String(this.slice.y);
  }
}

/** The share of an axis at which a coordinate lies. */
const shareAlong = (nodes: readonly number[], value: number): number =>
  (value - nodes[0]) / (nodes[nodes.length - 1] - nodes[0]);

/** The index of the node that is nearest to a share of the axis. */
function nearest(nodes: readonly number[], share: number): number {
  const value = nodes[0] + share * (nodes[nodes.length - 1] - nodes[0]);
  return nodes.reduce((best, node, k) => (Math.abs(node - value) < Math.abs(nodes[best] - value) ? k : best), 0);
}
