import { make } from "./controls.ts";
import { Labels } from "./labels.ts";
import { Signs } from "./signs.ts";
import type { Choice } from "./surface.ts";
import type { Node, View } from "./view.ts";

/** A view on the page, with its heading, the words around its box, and its signs. */
export class Cell {
  readonly view: View;
  readonly element = make("div", "view");
  readonly signs: Signs;
  readonly #labels: Labels;
  readonly #dot = make("span", "dot");
  /** The node that is pointed at. */
  picked: Node | null = null;

  /** `alone`: whether there is no other, so that the page's title has named it. */
  constructor(view: View, alone: boolean) {
    this.view = view;
    const { title } = view.slice;
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "img");
    const keys = "Arrow keys turn it, plus and minus zoom, Home resets.";
    this.element.setAttribute("aria-label", `Loss surface of ${title}. ${keys}`);
    const heading = make("h3", "");
    heading.textContent = title;
    heading.hidden = alone;
    this.#dot.hidden = true;
    this.element.append(heading, this.#dot);
    this.#labels = new Labels(this.element, view);
    this.signs = new Signs(this.element, view);
  }

  /** Puts words, signs and the dot where they belong, as the camera stands. */
  place(choice: Choice, { width, height }: { readonly width: number; readonly height: number }): void {
    this.#labels.draw(choice, width, height);
    this.signs.draw(width, height);
    const at = this.picked && this.view.nodeAt(this.picked);
    this.#dot.hidden = at === null;
    if (at === null) return;
    const [x, y] = this.view.pixel(at, [width, height]);
    this.#dot.style.transform = `translate(${x}px, ${y}px)`;
  }
}
