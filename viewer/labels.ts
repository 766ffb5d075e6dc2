import { type Mark, marksOf, type Place } from "./box.ts";
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

/** Pixels that words keep from the edge of a view, and as many more as they may be moved to do so; those that are farther out are hidden. */
const [MARGIN, MOVED] = [3, 16];

/** The words around the box of a view: elements of the page, so that they are as sharp and as large as its other words. */
export class Labels {
  readonly #holder: HTMLElement;
  readonly #view: View;
  #elements: HTMLElement[] = [];

  constructor(holder: HTMLElement, view: View) {
    [this.#holder, this.#view] = [holder, view];
  }

  /** Puts all words where they belong, as the camera stands. */
  draw(choice: Choice, width: number, height: number): void {
    const labels = labelsOf(this.#view, choice, Math.max(1, ROOMY / width) ** 0.7);
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
function labelsOf(view: View, choice: Choice, off: number): Label[] {
  const [ticks, name] = [TICKS * off, NAME * off ** 2];
  const [xs, ys, zs] = marksOf(view.slice, choice, view.landscape);
  const { x, z } = view.camera.position;
  const near = { x: x > 0 ? 0.5 : -0.5, y: z > 0 ? -0.5 : 0.5 };
  const out = (at: number, far: number): number => at * (1 + 2 * far);
  const left = (place: Place): number => view.pixel(place, [1, 1])[0];
  const tick = ({ label }: Mark, place: Place): Label => ({
    ...{ text: label, place },
    side: left(place) > left([0, 0, 0]) ? 1 : -1,
  });
  const corners: readonly Place[] = [
    [-near.x, near.y, 0],
    [near.x, -near.y, 0],
  ];
  const [[i, j]] = [...corners].sort((a, b) => left(a) - left(b));
  const [first = "", second = ""] = view.slice.axes;
  const named = (text: string, ends: readonly [Place, Place]): Label => ({
    ...{ text, place: middle(ends), side: 0, along: ends },
  });
  return [
    ...xs.map((mark) => tick(mark, [mark.at - 0.5, out(near.y, ticks), 0])),
    ...ys.map((mark) => tick(mark, [out(near.x, ticks), mark.at - 0.5, 0])),
    ...zs.filter(({ at }) => at > 0.03).map(({ at, label }): Label => ({ text: label, place: [i, j, at], side: -1 })),
    { text: choice.scale === "log" ? "loss, log scale" : "loss", place: [i, j, 1.12], side: 0 },
    named(first, [
      [-0.5, out(near.y, name), 0],
      [0.5, out(near.y, name), 0],
    ]),
    named(second, [
      [out(near.x, name), -0.5, 0],
      [out(near.x, name), 0.5, 0],
    ]),
  ];
}

const middle = ([a, b]: readonly [Place, Place]): Place => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, 0];

type Size = readonly [width: number, height: number];

function place(element: HTMLElement, { text, place, side, along }: Label, view: View, size: Size): void {
  if (element.textContent !== text) element.textContent = text;
  element.classList.toggle("name", along !== undefined);
  const turned = along === undefined ? 0 : slope(along, view, size);
  const { offsetWidth, offsetHeight } = element;
  const [x, y] = view.pixel(place, size);
  const [dx, dy] = moved([x + 6 * side + (side * offsetWidth) / 2, y], [offsetWidth, offsetHeight], turned, size);
  element.style.visibility = Math.hypot(dx, dy) > MOVED ? "hidden" : "visible";
  element.style.transform = `translate(${x + 6 * side + dx}px, ${y - 6 + dy}px) translateX(${(side - 1) * 50}%) rotate(${(turned * 180) / Math.PI}deg)`;
}

/** How words about a middle, turned by an angle, are moved to be within the view. */
function moved([x, y]: Size, [wide, high]: Size, turned: number, [width, height]: Size): Size {
  const across = (wide * Math.abs(Math.cos(turned)) + high * Math.abs(Math.sin(turned))) / 2 + MARGIN;
  const up = (wide * Math.abs(Math.sin(turned)) + high * Math.abs(Math.cos(turned))) / 2 + MARGIN;
  const into = (at: number, half: number, end: number): number => Math.max(half, Math.min(end - half, at)) - at;
  return [into(x, across, width), into(y, up, height)];
}

/** The angle of a line as it is seen, read from left to right. */
function slope(ends: readonly [Place, Place], view: View, size: Size): number {
  const [a, b] = ends.map((end) => view.pixel(end, size)).sort((p, q) => p[0] - q[0]);
  return Math.atan2(b[1] - a[1], b[0] - a[0]);
}
