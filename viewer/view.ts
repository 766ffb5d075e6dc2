import {
  BufferAttribute,
  BufferGeometry,
  CatmullRomCurve3,
  type DataTexture,
  Group,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  Scene,
  SphereGeometry,
  TubeGeometry,
  Vector3,
} from "three";
import { heightAt } from "../src/figure/surface/index.ts";
import type { LiveLandscape, LiveSlice } from "../src/report/index.ts";
import { type Box, inScene, makeBox, marksOf } from "./box.ts";
import { materialOf } from "./material.ts";
import type { Orbit } from "./orbit.ts";
import { type Choice, lightsOf, normalsOf, RELIEF, Surface, trianglesOf } from "./surface.ts";

/** How wide the camera sees, in degrees, and how far it stands to see a whole box. */
const [WIDE, FAR] = [30, 2.75];

/** Pixels below which a view is small. */
const SMALL = 560;

/** A slice in space. */
export class View {
  readonly slice: LiveSlice;
  readonly camera = new PerspectiveCamera(WIDE, 1, 0.1, 20);
  readonly scene = new Scene();
  readonly box: Box = makeBox();
  readonly surface: Surface;
  readonly #landscape: LiveLandscape;
  readonly #geometry = new BufferGeometry();
  readonly #materials: readonly ReturnType<typeof materialOf>[];
  readonly #paths = new Group();
  #shown: Float64Array;
  #choice: Choice;

  constructor(slice: LiveSlice, landscape: LiveLandscape, choice: Choice, ramp: DataTexture) {
    [this.slice, this.#landscape, this.#choice] = [slice, landscape, choice];
    this.surface = new Surface(slice, landscape.log?.domain[0] ?? 1e-12);
    this.#shown = this.surface.shares(choice, landscape);
    this.#materials = [materialOf(ramp, false), materialOf(ramp, true)];
    const meshes = this.#materials.map((material) => new Mesh(this.#geometry, material));
    for (const mesh of meshes) mesh.frustumCulled = false;
    this.scene.add(...meshes, this.box.group, this.#paths);
    this.#geometry.setAttribute("place", new BufferAttribute(this.#places(), 2));
    this.#geometry.setIndex(new BufferAttribute(trianglesOf(this.surface.field(this.#shown)), 1));
    this.choose(choice);
    this.show(this.#shown, true);
  }

  /** The heights of a choice: where `show` is to lead. */
  target(choice: Choice): Float64Array {
    return this.surface.shares(choice, this.#landscape);
  }

  get shown(): Float64Array {
    return this.#shown;
  }

  /** Colours, lines and ticks of a choice; heights are for `show`. */
  choose(choice: Choice): void {
    this.#choice = choice;
    const heights = (choice.scale === "log" && this.#landscape.log) || this.#landscape.linear;
    const value = (level: number): number => (choice.scale === "log" ? Math.log10(level) : level);
    const [first = 0, second = first + 1] = heights.levels.map(value);
    for (const { uniforms } of this.#materials) {
      uniforms.lined.value = choice.lines ? 1 : 0;
      uniforms.first.value = first;
      uniforms.step_.value = second - first;
    }
    this.#set("value", Float32Array.from(this.surface.values(choice.scale)), 1);
    this.#tone(this.target(choice));
    this.box.rule(marksOf(this.slice, choice, this.#landscape));
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

  /** Draws the ways of optimizers as tubes at their true loss, with stems to the surface where they are off the plane. */
  trace(colors: readonly string[]): void {
    for (const mesh of this.#paths.children) if (mesh instanceof Mesh) mesh.geometry.dispose();
    this.#paths.clear();
    for (const [k, path] of this.slice.paths.entries()) {
      const material = new MeshBasicMaterial({ color: colors[k % colors.length] });
      const points = path.x.flatMap((_, i) => this.#pathPoint(path, i, path.loss[i]) ?? []);
      if (points.length > 1) this.#paths.add(tube(points, 0.006, material, 8 * points.length));
      for (const i of path.x.keys()) {
        const [top, foot] = [this.#pathPoint(path, i, path.loss[i]), this.#pathPoint(path, i, path.onPlane[i])];
        if (top === null) continue;
        const dot = new Mesh(new SphereGeometry(i === path.x.length - 1 ? 0.016 : 0.009, 12, 8), material);
        dot.position.copy(top);
        this.#paths.add(dot);
        if (foot !== null && top.distanceTo(foot) > 0.01) this.#paths.add(tube([top, foot], 0.002, material, 1));
      }
    }
  }

  #pathPoint({ x, y }: LiveSlice["paths"][number], i: number, loss: number | null | undefined): Vector3 | null {
    if (loss === null || loss === undefined) return null;
    const { x: xs, y: ys } = this.slice;
    const share = (value: number, nodes: readonly number[]): number =>
      (value - nodes[0]) / (nodes[nodes.length - 1] - nodes[0]) - 0.5;
    return new Vector3(...inScene([share(x[i], xs), share(y[i], ys), Math.min(1.04, this.shareOf(loss))]));
  }

  /** The share of the height for a loss. */
  shareOf(loss: number): number {
    const { scale, ceiling } = this.#choice;
    const { linear, log } = this.#landscape;
    if (scale === "log" && log) {
      const low = log.domain[0];
      return Math.max(0, Math.log(Math.max(loss, low) / low) / Math.log(ceiling / low));
    }
    return Math.max(0, (loss - linear.domain[0]) / (ceiling - linear.domain[0]));
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

  /** The node of the slice nearest to where a view is pointed at, from −1 to 1 across and up; null beside the surface. */
  pick(across: number, up: number): { readonly row: number; readonly column: number } | null {
    const eye = this.camera.position;
    const toward = new Vector3(across, up, 0.5).unproject(this.camera).sub(eye).normalize();
    const field = this.surface.field(this.#shown);
    const { columns, rows } = field;
    let before = Number.NaN;
    for (let t = 0.5; t < 8; t += 0.004) {
      const [x, z, y] = [eye.x + t * toward.x, eye.y + t * toward.y, -(eye.z + t * toward.z)];
      const share = heightAt(field, (x + 0.5) * (columns - 1), (y + 0.5) * (rows - 1));
      const above = z - RELIEF * share;
      if (share <= 1 && above > 0 !== before > 0 && !Number.isNaN(above) && !Number.isNaN(before))
        return { column: nearest(this.slice.x, x + 0.5), row: nearest(this.slice.y, y + 0.5) };
      before = above;
    }
    return null;
  }
}

/** The index of the node that is nearest to a share of the axis. */
function nearest(nodes: readonly number[], share: number): number {
  const value = nodes[0] + share * (nodes[nodes.length - 1] - nodes[0]);
  return nodes.reduce((best, node, k) => (Math.abs(node - value) < Math.abs(nodes[best] - value) ? k : best), 0);
}

const tube = (points: Vector3[], radius: number, material: MeshBasicMaterial, steps: number): Mesh =>
  new Mesh(new TubeGeometry(new CatmullRomCurve3(points), steps, radius, 8), material);
