import type { RunRecord } from "../train/index.ts";
import type { CompareEvent } from "./events.ts";

/** Counts passes over the training set. When a run ends early, its remaining passes count as done. */
export class Progress {
  readonly #total: number;
  readonly #emit: (event: CompareEvent) => void;
  #done = 0;

  constructor(total: number, emit: (event: CompareEvent) => void) {
    this.#total = total;
    this.#emit = emit;
  }

  /** Whether every run has ended. */
  get complete(): boolean {
    return this.#done === this.#total;
  }

  /** Counts one run of `passes` passes. The passes that an interrupted run, or one that never began, has left stay open. */
  startRun(passes: number): { epoch(): void; end(run: RunRecord | undefined): void } {
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
    this.#emit({ kind: "progress", done: this.#done, total: this.#total });
  }
}
