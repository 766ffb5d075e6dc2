import { shorten } from "../../src/figure/index.ts";
import { type Io, takesAnimation } from "../io.ts";

/** Milliseconds between two drawings of the live line, and between two plain lines where nothing can be redrawn. */
const [REDRAW, REPEAT] = [100, 5000];

/**
 * Tells on stderr how things go: on a terminal by one line that is drawn over again, elsewhere by a plain line now and
 * then, and not at all where quiet is wanted.
 */
export class Progress {
  readonly #io: Io;
  readonly #quiet: boolean;
  readonly #animated: boolean;
  #drawn = false;
  #last: number;

  constructor(io: Io, { quiet = false }: { quiet?: boolean } = {}) {
    this.#io = io;
    this.#quiet = quiet;
    this.#animated = takesAnimation(io.err, io);
    this.#last = this.#animated ? Number.NEGATIVE_INFINITY : performance.now();
  }

  /** How it stands at the moment; `words` are asked for only when they are shown. */
  live(words: () => string): void {
    const now = performance.now();
    if (this.#quiet || now - this.#last < (this.#animated ? REDRAW : REPEAT)) return;
    this.#last = now;
    if (!this.#animated) this.#io.err.write(`${words()}\n`);
    else this.#io.err.write(`\r${shorten(words(), this.#io.err.columns - 1)}\x1b[K`);
    this.#drawn = this.#animated;
  }

  /** A line that stays. */
  note(words: string): void {
    this.clear();
    if (!this.#quiet) this.#io.err.write(`${words}\n`);
  }

  /** Takes the live line away. */
  clear(): void {
    if (this.#drawn) this.#io.err.write("\r\x1b[K");
    this.#drawn = false;
  }
}

/** A part of a whole as a bar of `width` characters. */
export function bar(part: number, width = 24): string {
  const full = Math.round(Math.min(1, Math.max(0, part)) * width);
  return "█".repeat(full) + "░".repeat(width - full);
}
