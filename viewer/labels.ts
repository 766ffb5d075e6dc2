import { Vector3 } from "three";
import type { LiveLandscape } from "../src/report/index.ts";
import { inScene, type Mark, marksOf, type Place } from "./box.ts";
import type { Choice } from "./surface.ts";
import type { View } from "./view.ts";

interface Label {
  readonly text: string;
  readonly place: Place;
  /** Pixels aside, and which end of the words is there: −1 the right end, 0 the middle, 1 the left end. */
  readonly side: -1 | 0 | 1;
  /** Whether it lies along the edge of the floor that it names. */
  readonly along?: readonly [Place, Place];
}

/** How far from the floor's edges ticks and names are. */
const [TICKS, NAME] = [0.05, 0.15];

/** Pixels across a view in which words are as far off as that; in smaller ones they take more of it. */
const ROOMY = 520;

/** The words around the box of a view: elements of the page, so that they are as sharp and as large as its other words. */
export class Labels {
  readonly #holder: HTMLElement;
  readonly #view: View;
  #elements: HTMLElement[] = [];

  constructor(holder: HTMLElement, view: View) {
    [this.#holder, this.#view] = [holder, view];
  }

  /** Puts all words where they belong, as the camera stands. */
  draw(choice: Choice, landscape: LiveLandscape, width: number, height: number): void {
    const labels = labelsOf(this.#view, choice, landscape, Math.max(1, ROOMY / width) ** 0.7);
    while (this.#elements.length < labels.length) this.#elements.push(this.#make());
    this.#elements.forEach((element, k) => {
      const label = labels[k];
      element.hidden = label === undefined;
      if (label !== undefined) place(element, label, this.#view, [width, height]);
    });
  }

  #make(): HTMLElement {
    const element = document.createElement("span");
    element.className = "label";
    element.setAttribute("aria-hidden", "true");
    this.#holder.append(element);
    return element;
  }
}

/** `off`: how much farther than usual the words are from the floor. */
function labelsOf(view: View, choice: Choice, landscape: LiveLandscape, off: number): Label[] {
  const [ticks, name] = [TICKS * off, NAME * off ** 2];
  const [xs, ys, zs] = marksOf(view.slice, choice, landscape);
  const { x, z } = view.camera.position;
  const near = { x: x > 0 ? 0.5 : -0.5, y: z > 0 ? -0.5 : 0.5 };
  const out = (at: number, far: number): number => at * (1 + 2 * far);
  const right = (place: Place): boolean => pixel(place, view, [2, 2])[0] > pixel([0, 0, 0], view, [2, 2])[0];
  const tick = ({ label }: Mark, place: Place): Label => ({ text: label, place, side: right(place) ? 1 : -1 });
  const edges: readonly (readonly [number, number])[] = [
    [-near.x, near.y],
    [near.x, -near.y],
  ];
  const [[i, j]] = [...edges].sort((a, b) => pixel([...a, 0], view, [1, 1])[0] - pixel([...b, 0], view, [1, 1])[0]);
  const [first = "", second = ""] = view.slice.axes;
  return [
    ...xs.map((mark) => tick(mark, [mark.at - 0.5, out(near.y, ticks), 0])),
    ...ys.map((mark) => tick(mark, [out(near.x, ticks), mark.at - 0.5, 0])),
    ...zs.filter(({ at }) => at > 0.03).map(({ at, label }): Label => ({ text: label, place: [i, j, at], side: -1 })),
    { text: "loss", place: [i, j, 1.12], side: 0 },
    {
      text: first,
      place: [0, out(near.y, name), 0],
      side: 0,
      along: [
        [-0.5, out(near.y, name), 0],
        [0.5, out(near.y, name), 0],
      ],
    },
    {
      text: second,
      place: [out(near.x, name), 0, 0],
      side: 0,
      along: [
        [out(near.x, name), -0.5, 0],
        [out(near.x, name), 0.5, 0],
      ],
    },
  ];
}

type Size = readonly [width: number, height: number];

/** Where a place is seen, in pixels of a view. */
export function pixel(place: Place, { camera }: View, [width, height]: Size): readonly [number, number] {
  const seen = new Vector3(...inScene(place)).project(camera);
  return [((seen.x + 1) / 2) * width, ((1 - seen.y) / 2) * height];
}

function place(element: HTMLElement, { text, place, side, along }: Label, view: View, size: Size): void {
  if (element.textContent !== text) element.textContent = text;
  const [x, y] = pixel(place, view, size);
  const turned = along === undefined ? 0 : slope(along, view, size);
  element.classList.toggle("name", along !== undefined);
  element.style.transform = `translate(${x + 6 * side}px, ${y - 6}px) translateX(${(side - 1) * 50}%) rotate(${turned}deg)`;
}

/** Degrees of a line as it is seen, read from left to right. */
function slope(ends: readonly [Place, Place], view: View, size: Size): number {
  const [a, b] = ends.map((end) => pixel(end, view, size)).sort((p, q) => p[0] - q[0]);
  return (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
}
