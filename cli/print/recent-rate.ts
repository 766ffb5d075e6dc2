/** Milliseconds that the speed is measured over. */
const WINDOW = 60_000;

/** The speed of work whose pieces take different times: that of the last minute. */
export class RecentRate {
  #samples: { readonly done: number; readonly at: number }[] = [];

  /** Seconds until `done` is 1; NaN before there is a speed. */
  left(done: number, now = performance.now()): number {
    this.#samples.push({ done, at: now });
    const recent = this.#samples.findIndex(({ at }) => now - at <= WINDOW);
    this.#samples.splice(0, recent - 1);
    const [first] = this.#samples;
    const speed = (1000 * (done - first.done)) / (now - first.at);
    return speed > 0 ? (1 - done) / speed : Number.NaN;
  }

  /** Forgets what was measured: what follows goes at another speed, as after work that was found finished. */
  restart(): void {
    this.#samples = [];
  }
}
