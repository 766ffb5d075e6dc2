import type { RunRecord } from "../train/index.ts";
import type { CompareEvent } from "./events.ts";

/** Counts passes over the training part; a run that ends early will not make the rest of its own. */
export class Progress {
  readonly #total: number;
  readonly #tell: (event: CompareEvent) => void;
  #done = 0;

  constructor(total: number, tell: (event: CompareEvent) => void) {
    this.#total = total;
    this.#tell = tell;
  }

  /** Whether every run came to its end. */
  get complete(): boolean {
    return this.#done === this.#total;
  }

  /** The count of one run of `passes` passes. A run that was interrupted, or not begun, leaves its count open. */
  of(passes: number): { epoch(): void; end(run: RunRecord | undefined): void } {
    let made = 0;
    return {
      epoch: () => {
        made++;
        this.#add(1);
      },
      end: (run) => {
        if (run !== undefined && run.outcome.kind !== "interrupted" && made < passes) this.#add(passes - made);
      },
    };
  }

  #add(passes: number): void {
    this.#done += passes;
    this.#tell({ kind: "progress", done: this.#done, total: this.#total });
  }
}
