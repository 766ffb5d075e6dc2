import type { TrajectoryPlan } from "./plan.ts";

/** Decides which points of a run are kept: each once and in the order of their steps, also if a saved run is resumed. */
export class TrajectoryKeeper {
  readonly #plan: TrajectoryPlan;
  #last: number | undefined;

  /** @param last the step of the last point that a saved run had kept */
  constructor(plan: TrajectoryPlan, last?: number) {
    [this.#plan, this.#last] = [plan, last];
  }

  /** The step of the last point that was kept; undefined before the start is. */
  get last(): number | undefined {
    return this.#last;
  }

  /** Whether the point at this step would be a new one. A run that takes its last step back ends at one that is not. */
  isNew(step: number): boolean {
    return this.#last === undefined || step > this.#last;
  }

  /** Whether the point is due after a step in the middle of an epoch. */
  isDueAt(step: number): boolean {
    return this.#plan.unit !== "epochs" && step % this.#plan.every === 0 && this.isNew(step);
  }

  /** Whether the point is due after a whole epoch. */
  isDueAfter(epoch: number, step: number): boolean {
    return this.#plan.unit === "epochs" ? epoch % this.#plan.every === 0 && this.isNew(step) : this.isDueAt(step);
  }

  /** Takes note that the point at this step is kept. */
  keep(step: number): void {
    this.#last = step;
  }
}
