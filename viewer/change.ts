import type { View } from "./view.ts";

/** Milliseconds in which surfaces go from one choice to the next. */
const DURATION = 420;

/** A change of a surface's heights on its way, gently at both ends. */
export class Change {
  readonly #view: View;
  readonly #from: Float64Array;
  readonly #to: Float64Array;
  readonly #begun: number;

  /** `now`: in milliseconds, as `performance.now` has it. */
  constructor(view: View, to: Float64Array, now: number) {
    [this.#view, this.#from, this.#to, this.#begun] = [view, view.shown, to, now];
  }

  /** Shows the heights of a moment; true at the end. */
  show(now: number): boolean {
    const share = Math.min(1, Math.max(0, (now - this.#begun) / DURATION));
    const t = share * share * (3 - 2 * share);
    const [from, to] = [this.#from, this.#to];
    this.#view.show(share >= 1 ? to : from.map((height, at) => height + t * (to[at] - height)), share >= 1);
    return share >= 1;
  }
}
