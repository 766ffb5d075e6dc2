import { shapePath } from "../src/figure/surface/index.ts";
import { type PlaceKind, signs } from "../src/report/index.ts";
import type { Place } from "./box.ts";
import type { View } from "./view.ts";

/** What has a sign: marked places, and where a way goes on outside of the box. */
export type SignKind = PlaceKind | "above" | "below";

/** What each means. */
export const signWords: Readonly<Record<SignKind, string>> = {
  start: "start of a way",
  end: "end of a way",
  net: "the net",
  above: "a way goes on above the cut",
  below: "a way goes on below the floor",
};

/** The sign of a kind as a drawing: as in still pictures; where a way leaves the box it is a triangle in its colour. */
export function drawSign(kind: SignKind, color = "var(--figure-ink)"): string {
  const sign =
    kind === "above" || kind === "below"
      ? { shape: kind === "above" ? ("triangle" as const) : ("triangle-down" as const), size: 10, open: false }
      : signs[kind];
  const look = sign.open
    ? `fill="var(--figure-paper)" stroke="${color}" stroke-width="2"`
    : `fill="${color}" stroke="var(--figure-paper)" stroke-width="1.5"`;
  return `<svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true"><path d="${shapePath(sign.shape, sign.size)}" ${look}/></svg>`;
}

interface Sign {
  readonly kind: SignKind;
  readonly place: Place;
  /** Of a way's end outside of the box. */
  readonly color?: string;
}

/** The signs in a view: elements of the page, pale where the surface hides their places. */
export class Signs {
  readonly #holder: HTMLElement;
  readonly #view: View;
  #shown: readonly { readonly sign: Sign; readonly element: HTMLElement }[] = [];

  constructor(holder: HTMLElement, view: View) {
    [this.#holder, this.#view] = [holder, view];
  }

  /** Which kinds there are. */
  get kinds(): SignKind[] {
    return [...new Set(this.#shown.map(({ sign }) => sign.kind))];
  }

  clear(): void {
    for (const { element } of this.#shown) element.remove();
    this.#shown = [];
  }

  /** Takes the signs of what the view shows now. */
  renew(): void {
    this.clear();
    this.#shown = [...this.#places(), ...this.#exits()].map((sign) => ({ sign, element: this.#make(sign) }));
  }

  #places(): Sign[] {
    return this.#view.places().map(({ kind, place }) => ({ kind, place }));
  }

  #exits(): Sign[] {
    return this.#view.ways.exits.map(({ kind, place, way }) => ({ kind, place, color: `var(--figure-${way % 8})` }));
  }

  /** Puts all signs where they belong, as the camera stands. */
  draw(width: number, height: number): void {
    for (const { sign, element } of this.#shown) {
      const [x, y] = this.#view.pixel(sign.place, [width, height]);
      element.style.transform = `translate(${x}px, ${y}px)`;
      element.classList.toggle("behind", !this.#view.sees(sign.place));
    }
  }

  #make({ kind, color }: Sign): HTMLElement {
    const element = document.createElement("span");
    element.className = "sign";
    element.innerHTML = drawSign(kind, color);
    this.#holder.append(element);
    return element;
  }
}
