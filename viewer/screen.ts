import { WebGLRenderer } from "three";
import type { Cell } from "./cell.ts";
import { make } from "./controls.ts";
import type { Orbit } from "./orbit.ts";
import type { Choice } from "./surface.ts";

/** The most pixels of a canvas for one of the page. */
const DENSEST = 2;

/** One canvas into which all views are drawn, each below its element. */
export class Screen {
  readonly element = make("div", "frame");
  readonly #renderer: WebGLRenderer;

  /** Throws if the browser gives no WebGL. */
  constructor(cells: readonly Cell[]) {
    this.#renderer = new WebGLRenderer({ antialias: true, alpha: true });
    this.#renderer.setScissorTest(true);
    this.#renderer.domElement.setAttribute("aria-hidden", "true");
    const views = make("div", cells.length === 1 ? "views one" : "views");
    views.append(...cells.map(({ element }) => element));
    this.element.append(this.#renderer.domElement, views);
  }

  draw(cells: readonly Cell[], orbit: Orbit, choice: Choice): void {
    const whole = this.element.getBoundingClientRect();
    if (whole.width === 0) return;
    this.#fit(Math.round(whole.width), Math.round(whole.height));
    for (const cell of cells) {
      const { view } = cell;
      const box = cell.element.getBoundingClientRect();
      const [x, y] = [box.left - whole.left, whole.bottom - box.bottom];
      view.aim(orbit, box.width, box.height);
      this.#renderer.setViewport(x, y, box.width, box.height);
      this.#renderer.setScissor(x, y, box.width, box.height);
      this.#renderer.render(view.scene, view.camera);
      cell.place(choice, box);
    }
  }

  #fit(width: number, height: number): void {
    const [canvas, ratio] = [this.#renderer.domElement, Math.min(DENSEST, devicePixelRatio)];
    if (canvas.width === Math.floor(width * ratio) && canvas.height === Math.floor(height * ratio)) return;
    this.#renderer.setPixelRatio(ratio);
    this.#renderer.setSize(width, height, false);
  }
}
