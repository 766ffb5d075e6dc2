import { WebGLRenderer } from "three";
import { formatNumber } from "../src/figure/surface/index.ts";
import type { LiveLandscape } from "../src/report/index.ts";
import { type Controls, ceilingAt, make, makeControls } from "./controls.ts";
import { Labels, pixel } from "./labels.ts";
import { rampTexture } from "./material.ts";
import { dragged, home, type Orbit, press, turn } from "./orbit.ts";
import type { Choice } from "./surface.ts";
import { View } from "./view.ts";

/** Milliseconds in which surfaces go from one choice to the next. */
const CHANGE = 420;

/** Degrees a second at which views turn by themselves. */
const SPEED = 5;

/** Frames that take longer than this, in milliseconds, are too slow to turn by themselves. */
const SLOW = 90;

interface Cell {
  readonly view: View;
  readonly element: HTMLElement;
  readonly labels: Labels;
  readonly dot: HTMLElement;
  /** The node that is pointed at. */
  picked: { readonly row: number; readonly column: number } | null;
}

/** A change of heights on its way. */
interface Change {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Views of slices, side by side, that turn together; drawn into one canvas, and only when something has changed. */
export class Stage {
  readonly #landscape: LiveLandscape;
  readonly #element: HTMLElement;
  readonly #renderer: WebGLRenderer;
  readonly #cells: readonly Cell[];
  readonly #reading = make("p", "reading");
  readonly #controls: Controls;
  readonly #orbit: Orbit = { ...home };
  #choice: Choice;
  #changes: readonly Change[] = [];
  #changed = 0;
  #spins: boolean;
  #visible = true;
  #asked = false;
  #last = 0;
  #slow = 0;

  /** Throws if the browser gives no WebGL. */
  constructor(element: HTMLElement, landscape: LiveLandscape) {
    [this.#element, this.#landscape] = [element, landscape];
    const { scale } = landscape;
    this.#choice = { scale, ceiling: ceilingAt(1, scale, landscape), coloring: "loss", lines: true };
    this.#renderer = new WebGLRenderer({ antialias: true, alpha: true });
    this.#renderer.setScissorTest(true);
    this.#spins = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const views = make("div", landscape.slices.length === 1 ? "views one" : "views");
    const ramp = rampTexture();
    this.#cells = landscape.slices.map((slice) => this.#cell(new View(slice, landscape, this.#choice, ramp), views));
    this.#controls = makeControls(landscape, this.#choice, {
      choose: (choice, settled) => this.#choose(choice, settled),
      reset: () => this.#turned(() => Object.assign(this.#orbit, home)),
      spin: (on) => this.#spin(on),
    });
    this.#renderer.domElement.setAttribute("aria-hidden", "true");
    const frame = make("div", "frame");
    frame.style.position = "relative";
    frame.append(this.#renderer.domElement, views);
    this.#reading.setAttribute("aria-live", "polite");
    element.append(frame, this.#reading, this.#controls.element, ...this.#names());
    element.classList.add("shown");
    this.#say(null);
    this.#controls.spinning(this.#spins);
    this.#watch();
    this.#paint();
  }

  #cell(view: View, views: HTMLElement): Cell {
    const element = make("div", "view");
    element.tabIndex = 0;
    element.setAttribute("role", "img");
    element.setAttribute(
      "aria-label",
      `Loss surface of ${view.slice.title}. Arrow keys turn it, plus and minus zoom, Home resets.`,
    );
    const heading = make("h3", "");
    heading.textContent = view.slice.title;
    const dot = make("span", "dot");
    dot.hidden = true;
    element.append(heading, dot);
    views.append(element);
    const cell: Cell = { view, element, labels: new Labels(element, view), dot, picked: null };
    dragged(element, this.#orbit, () => this.#turned());
    element.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !press(this.#orbit, event.key)) return;
      event.preventDefault();
      this.#turned();
    });
    for (const type of ["pointermove", "pointerdown"] as const)
      element.addEventListener(type, (event) => this.#point(cell, event));
    element.addEventListener("pointerleave", () => this.#pick(cell, null));
    return cell;
  }

  /** Draws again where the size of the stage, the theme or the pixels of the screen change, and only while it is in sight. */
  #watch(): void {
    new ResizeObserver(() => this.#ask()).observe(this.#element);
    new IntersectionObserver((entries) => {
      this.#visible = entries.some(({ isIntersecting }) => isIntersecting);
      this.#ask();
    }).observe(this.#element);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#paint());
    document.addEventListener("visibilitychange", () => this.#ask());
  }

  /** Takes the page's colours. */
  #paint(): void {
    const look = getComputedStyle(this.#element);
    const color = (name: string): string => look.getPropertyValue(`--figure-${name}`).trim() || "#888888";
    for (const { view } of this.#cells) {
      view.box.paint(color("grid"), color("muted"));
      view.trace(this.#pathColors());
    }
    this.#ask();
  }

  #pathColors(): string[] {
    const look = getComputedStyle(this.#element);
    return Array.from({ length: 8 }, (_, k) => look.getPropertyValue(`--figure-${k}`).trim() || "#3e96f6");
  }

  /** The names of the paths. */
  #names(): HTMLElement[] {
    const names = [...new Set(this.#landscape.slices.flatMap(({ paths }) => paths.map(({ name }) => name)))];
    if (names.length === 0) return [];
    const list = make("ul", "names");
    list.append(
      ...names.map((name, k) => {
        const item = document.createElement("li");
        const sample = document.createElement("i");
        sample.style.background = `var(--figure-${k % 8})`;
        item.append(sample, name);
        return item;
      }),
    );
    return [list];
  }

  #choose(choice: Choice, settled: boolean): void {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches || choice.scale === this.#choice.scale;
    this.#choice = choice;
    this.#changes = this.#cells.map(({ view }) => ({ from: view.shown, to: view.target(choice) }));
    for (const { view } of this.#cells) {
      view.choose(choice);
      view.trace(this.#pathColors());
    }
    this.#changed = performance.now() - (still ? CHANGE : 0);
    if (still) this.#heights(1, settled);
    this.#ask();
  }

  /** Heights between two choices, gently at both ends. */
  #heights(share: number, lit: boolean): void {
    const t = share * share * (3 - 2 * share);
    this.#cells.forEach(({ view }, k) => {
      const { from, to } = this.#changes[k];
      view.show(share >= 1 ? to : from.map((height, at) => height + t * (to[at] - height)), lit);
    });
    if (share >= 1) this.#changes = [];
  }

  /** A reader has turned the views: they stop turning by themselves. */
  #turned(act: () => void = () => {}): void {
    act();
    this.#spin(false);
    this.#ask();
  }

  #spin(on: boolean): void {
    this.#spins = on;
    this.#slow = 0;
    this.#controls.spinning(on);
    this.#ask();
  }

  #ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame((now) => {
      this.#asked = false;
      this.#frame(now);
    });
  }

  #frame(now: number): void {
    const passed = Math.min(100, now - this.#last);
    this.#last = now;
    if (!this.#visible || document.hidden) return;
    if (this.#changes.length > 0) {
      const share = Math.min(1, (performance.now() - this.#changed) / CHANGE);
      this.#heights(share, share >= 1);
    }
    if (this.#spins) turn(this.#orbit, (SPEED * passed) / 1000, 0);
    const begun = performance.now();
    this.#draw();
    if (this.#spins) this.#mind(performance.now() - begun);
    if (this.#spins || this.#changes.length > 0) this.#ask();
  }

  /** Without a graphics card, views that turn would take all of a processor. */
  #mind(took: number): void {
    this.#slow = took > SLOW ? this.#slow + 1 : 0;
    if (this.#slow > 5) this.#spin(false);
  }

  #draw(): void {
    const renderer = this.#renderer;
    const canvas = renderer.domElement;
    const whole = canvas.parentElement?.getBoundingClientRect();
    if (whole === undefined || whole.width === 0) return;
    const ratio = Math.min(2, devicePixelRatio);
    const [width, height] = [Math.round(whole.width), Math.round(whole.height)];
    if (canvas.width !== Math.floor(width * ratio) || canvas.height !== Math.floor(height * ratio)) {
      renderer.setPixelRatio(ratio);
      renderer.setSize(width, height, false);
    }
    for (const cell of this.#cells) {
      const box = cell.element.getBoundingClientRect();
      const [x, y] = [box.left - whole.left, whole.bottom - box.bottom];
      cell.view.aim(this.#orbit, box.width, box.height);
      renderer.setViewport(x, y, box.width, box.height);
      renderer.setScissor(x, y, box.width, box.height);
      renderer.render(cell.view.scene, cell.view.camera);
      cell.labels.draw(this.#choice, this.#landscape, box.width, box.height);
      this.#dot(cell, box);
    }
  }

  #point(cell: Cell, event: PointerEvent): void {
    const box = cell.element.getBoundingClientRect();
    const across = (2 * (event.clientX - box.left)) / box.width - 1;
    const up = 1 - (2 * (event.clientY - box.top)) / box.height;
    this.#pick(cell, cell.view.pick(across, up));
  }

  /** All slices on one grid show the same node. */
  #pick(cell: Cell, picked: Cell["picked"]): void {
    for (const each of this.#cells) each.picked = sameGrid(each.view, cell.view) ? picked : null;
    this.#say(picked);
    this.#ask();
  }

  #dot({ dot, picked, view }: Cell, { width, height }: DOMRect): void {
    const loss = picked && view.slice.loss[picked.row][picked.column];
    dot.hidden = loss === null || loss === undefined || view.shareOf(loss) > 1;
    if (picked === null || loss === null || loss === undefined) return;
    const { x, y } = view.slice;
    const at = (nodes: readonly number[], k: number): number =>
      (nodes[k] - nodes[0]) / (nodes[nodes.length - 1] - nodes[0]) - 0.5;
    const [left, top] = pixel([at(x, picked.column), at(y, picked.row), view.shareOf(loss)], view, [width, height]);
    dot.style.transform = `translate(${left}px, ${top}px)`;
  }

  /** What was measured at the node that is pointed at. */
  #say(picked: Cell["picked"]): void {
    const told = this.#cells.flatMap(({ view, picked: at }) => (at === null ? [] : [this.#words(view, at)]));
    const [first] = this.#cells.filter(({ picked: at }) => at !== null);
    const place = first?.picked
      ? `x ${formatNumber(first.view.slice.x[first.picked.column], 3)}, y ${formatNumber(first.view.slice.y[first.picked.row], 3)}: `
      : "";
    this.#reading.textContent =
      picked === null
        ? "Drag to turn, pinch or Ctrl and the wheel to zoom; point at a place for its loss."
        : place + told.join(" · ");
  }

  #words({ slice }: View, { row, column }: NonNullable<Cell["picked"]>): string {
    const [loss, accuracy] = [slice.loss[row][column], slice.accuracy?.[row][column]];
    const right = accuracy === null || accuracy === undefined ? "" : `, accuracy ${formatNumber(100 * accuracy, 3)} %`;
    const name = this.#cells.length > 1 ? `${slice.title} ` : "";
    return `${name}loss ${loss === null ? "not finite" : formatNumber(loss)}${right}`;
  }
}

const sameGrid = (a: View, b: View): boolean =>
  a === b || (String(a.slice.x) === String(b.slice.x) && String(a.slice.y) === String(b.slice.y));
