import type { LiveLandscape } from "../src/report/index.ts";
import type { Caption } from "./caption.ts";
import { usualCeiling } from "./ceiling.ts";
import { Cell } from "./cell.ts";
import { Change } from "./change.ts";
import { type Controls, make, makeControls } from "./controls.ts";
import { Frames } from "./frames.ts";
import { makeLegend } from "./legend.ts";
import { rampTexture } from "./material.ts";
import { dragged, home, type Orbit, press, turn } from "./orbit.ts";
import { Reading } from "./reading.ts";
import { Screen } from "./screen.ts";
import type { Choice } from "./surface.ts";
import { View } from "./view.ts";

/** Degrees a second at which views turn by themselves. */
const SPEED = 5;

/** What a reader can do. */
const HINT = "Drag to turn, pinch or Ctrl and the wheel to zoom; point at a place for its loss.";

/** Whether a reader wants nothing to move by itself. */
const isStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Views of slices, side by side, that turn together; drawn only when something has changed. */
export class Stage {
  readonly #landscape: LiveLandscape;
  readonly #element: HTMLElement;
  readonly #caption: Caption;
  readonly #cells: readonly Cell[];
  readonly #screen: Screen;
  readonly #reading: Reading;
  readonly #legend;
  readonly #controls: Controls;
  readonly #frames: Frames;
  readonly #orbit: Orbit = { ...home };
  #choice: Choice;
  #changes: readonly Change[] = [];
  #spins = !isStill();

  /** Throws if the browser gives no WebGL. */
  constructor(element: HTMLElement, landscape: LiveLandscape, caption: Caption) {
    [this.#element, this.#landscape, this.#caption] = [element, landscape, caption];
    const { scale } = landscape;
    this.#choice = { scale, ceiling: usualCeiling(scale, landscape), coloring: "loss", lines: true };
    const ramp = rampTexture();
    this.#cells = landscape.slices.map(
      (slice, _, { length }) => new Cell(new View(slice, landscape, this.#choice, ramp), length === 1),
    );
    this.#screen = new Screen(this.#cells);
    this.#legend = makeLegend(landscape);
    this.#controls = makeControls(landscape, this.#choice, {
      choose: (choice, settled) => this.#choose(choice, settled),
      reset: () => this.#turned(() => Object.assign(this.#orbit, home)),
      spin: (on) => this.#spin(on),
    });
    this.#reading = new Reading(this.#screen.element);
    const hint = make("p", "hint");
    hint.textContent = HINT;
    element.append(this.#screen.element, this.#legend.element, this.#controls.element, hint);
    element.classList.add("shown");
    element.classList.toggle("several", this.#cells.length > 1);
    for (const cell of this.#cells) this.#listen(cell);
    this.#frames = new Frames(
      element,
      (now, passed) => this.#draw(now, passed),
      () => this.#spin(false),
    );
    this.#controls.spinning(this.#spins);
    this.#pick(null);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#paint());
    this.#paint();
  }

  /** A hand, a pointer and keys turn all views. */
  #listen(cell: Cell): void {
    const { element } = cell;
    dragged(element, this.#orbit, () => this.#turned());
    element.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !press(this.#orbit, event.key)) return;
      event.preventDefault();
      this.#turned();
    });
    for (const type of ["pointermove", "pointerdown"] as const)
      element.addEventListener(type, (event) => this.#pick(cell, event));
    // A finger hides what it points at: what is read there stays when it is lifted.
    element.addEventListener("pointerleave", ({ pointerType }) => {
      if (pointerType !== "touch") this.#pick(null);
    });
  }

  /** Takes the page's colours. */
  #paint(): void {
    const color = this.#color();
    for (const { view } of this.#cells) view.box.paint(color("grid"), color("muted"));
    this.#settle();
  }

  #color(): (name: string | number) => string {
    const look = getComputedStyle(this.#element);
    return (name) => look.getPropertyValue(`--figure-${name}`).trim() || "#888888";
  }

  /** Shows ways, signs and words for the choice. */
  #settle(): void {
    const color = this.#color();
    const colors = { ways: Array.from({ length: 8 }, (_, k) => color(k)), rim: color("paper") };
    for (const { view, signs } of this.#cells) {
      view.trace(colors);
      signs.renew();
    }
    const kinds = new Set(this.#cells.flatMap(({ signs }) => signs.kinds));
    this.#legend.tell(
      [...kinds],
      this.#cells.some(({ view }) => view.ways.hasStems),
    );
    this.#caption.say(this.#choice, this.#landscape);
    this.#frames.ask();
  }

  #choose(choice: Choice, settled: boolean): void {
    const gently = choice.scale !== this.#choice.scale && !isStill();
    this.#choice = choice;
    for (const { view, signs } of this.#cells) {
      view.choose(choice);
      if (gently) signs.clear();
      if (gently) view.ways.clear();
      else view.show(view.target(choice), settled);
    }
    const now = performance.now();
    this.#changes = gently ? this.#cells.map(({ view }) => new Change(view, view.target(choice), now)) : [];
    if (!gently) this.#settle();
    this.#frames.ask();
  }

  /** A reader has turned the views: they stop turning by themselves. */
  #turned(act: () => void = () => {}): void {
    act();
    this.#spin(false);
  }

  #spin(on: boolean): void {
    this.#spins = on;
    this.#controls.spinning(on);
    this.#frames.ask();
  }

  #draw(now: number, passed: number): boolean {
    if (this.#changes.length > 0 && this.#changes.map((change) => change.show(now)).every(Boolean)) {
      this.#changes = [];
      this.#settle();
    }
    if (this.#spins) turn(this.#orbit, (SPEED * passed) / 1000, 0);
    this.#screen.draw(this.#cells, this.#orbit, this.#choice);
    return this.#spins || this.#changes.length > 0;
  }

  /** All slices on one grid show the node that is pointed at in one of them. */
  #pick(cell: Cell | null, event?: PointerEvent): void {
    const picked = cell && event ? cell.view.pick(event, cell.element.getBoundingClientRect()) : null;
    for (const each of this.#cells) each.picked = cell && each.view.sharesGrid(cell.view) ? picked : null;
    this.#reading.say(this.#cells, event);
    this.#frames.ask();
  }
}
