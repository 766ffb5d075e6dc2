import { join } from "node:path";
import type { Dataset } from "../../src/data/index.ts";
import { type Model, modelToJson, type Trained } from "../../src/nn/index.ts";
import { writeModel } from "../../src/nn/node/index.ts";
import type { MetricsLine, RunKind, RunPlan, Summary } from "../../src/report/index.ts";
import { type CreateRunOptions, createRun, type RunWriter } from "../../src/report/node/index.ts";
import type { Surface } from "../../src/surfaces/index.ts";
import * as flags from "../flags/index.ts";
import { loadOptions } from "../read/data-set.ts";
import type { Settings } from "../settings.ts";

/**
 * A run's folder, or none where none is wanted. It is made at once, so that one that cannot be made is told before
 * anything is computed. Later, a full disk does not end the run: the result is printed, and then the failure is told.
 */
export class Archive {
  readonly #folder: RunWriter | undefined;
  #report: string | null = null;
  #failures: unknown[] = [];

  /** `device` is what computes nets in the run, if any are computed, and `plan` what it computes. */
  constructor(
    settings: Settings,
    kind: RunKind,
    name: string,
    { device, plan }: Pick<CreateRunOptions, "device" | "plan"> = {},
  ) {
    const root = settings.get(flags.out);
    const command = `downhill ${kind} ${settings.toCommandLine()}`;
    this.#folder =
      root === undefined
        ? undefined
        : createRun({
            kind,
            name,
            command,
            settings: settings.toJSON(),
            root,
            ...(device && { device }),
            ...(plan && { plan }),
          });
  }

  /** The folder. */
  get path(): string | null {
    return this.#folder?.path ?? null;
  }

  /** The page about the run, once it is finished. */
  get report(): string | null {
    return this.#report;
  }

  append(event: MetricsLine): void {
    this.#attempt((folder) => folder.append(event));
  }

  /** Saves a net with its weights in the folder's `model`. */
  keep(net: Trained): void {
    this.#attempt(({ path }) => writeModel(net, join(path, "model")));
  }

  /** Writes the result and the page about it. `surface` is what a walk went on. */
  finish(summary: Summary, surface?: Surface): void {
    this.#attempt((folder) => {
      this.#report = folder.finish(summary, surface);
    });
  }

  /** Leaves the folder as it is. Throws what could not be written, if anything. */
  close(): void {
    this.#folder?.close();
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  #attempt(write: (folder: RunWriter) => void): void {
    if (this.#folder === undefined || this.#failures.length > 0) return;
    try {
      write(this.#folder);
    } catch (error) {
      this.#failures.push(error);
    }
  }
}

/** What is done in a run, as plain data. */
export const planOf = (settings: Settings, { name }: Dataset, model: Model, run: RunPlan["run"]): RunPlan => ({
  data: { name, ...loadOptions(settings) },
  model: modelToJson(model),
  run,
});
