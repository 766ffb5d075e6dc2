import { formatNumber } from "../src/figure/surface/index.ts";
import type { LiveSlice } from "../src/report/index.ts";
import type { Cell } from "./cell.ts";
import { make } from "./controls.ts";

/** Pixels from the pointer up to the reading, down to it where there is no room above, and from it to the frame's sides. */
const [ABOVE, BELOW, ASIDE] = [16, 24, 4];

/** What was measured where a reader points: words beside the pointer, over the views. */
export class Reading {
  readonly #frame: HTMLElement;
  readonly #element = make("p", "reading");

  constructor(frame: HTMLElement) {
    this.#frame = frame;
    this.#element.hidden = true;
    this.#element.setAttribute("aria-live", "polite");
    frame.append(this.#element);
  }

  /** Tells the nodes that the views have picked at the pointer; nothing where there are none. */
  say(cells: readonly Cell[], pointer?: PointerEvent): void {
    const words = readingOf(cells);
    this.#element.textContent = words;
    this.#element.hidden = words === "" || pointer === undefined;
    if (!this.#element.hidden && pointer !== undefined) this.#place(pointer);
  }

  #place({ clientX, clientY }: PointerEvent): void {
    const { left, top, width } = this.#frame.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.#element;
    const x = Math.max(ASIDE, Math.min(width - offsetWidth - ASIDE, clientX - left - offsetWidth / 2));
    const above = clientY - top - ABOVE - offsetHeight;
    this.#element.style.transform = `translate(${x}px, ${above < 0 ? clientY - top + BELOW : above}px)`;
  }
}

/** What was measured at the node that is pointed at, in all views that show it. */
function readingOf(cells: readonly Cell[]): string {
  const read = cells.flatMap(({ view: { slice }, picked }) => (picked === null ? [] : [{ slice, ...picked }]));
  if (read.length === 0) return "";
  const [{ slice, row, column }] = read;
  const told = read.map((each) => `${cells.length > 1 ? `${each.slice.title} ` : ""}${measured(each)}`);
  return `x ${formatNumber(slice.x[column], 3)}, y ${formatNumber(slice.y[row], 3)}: ${told.join(" · ")}`;
}

function measured({
  slice,
  row,
  column,
}: {
  readonly slice: LiveSlice;
  readonly row: number;
  readonly column: number;
}): string {
  const [loss, accuracy] = [slice.loss[row][column], slice.accuracy?.[row][column]];
  const right = accuracy === null || accuracy === undefined ? "" : `, accuracy ${formatNumber(100 * accuracy, 3)} %`;
  return `loss ${loss === null ? "not finite" : formatNumber(loss)}${right}`;
}
