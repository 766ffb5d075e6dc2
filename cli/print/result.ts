import type { RunRecord } from "../../src/train/index.ts";
import type { KeptTrajectory } from "../files/trajectory-files.ts";
import * as flags from "../flags/index.ts";
import type { Io } from "../io.ts";
import type { Settings } from "../settings.ts";

/** The same fields, null where there is nothing to tell. */
type Told<T> = { readonly [K in keyof T]-?: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };

/** A run as `--json` gives it: without its batches and single predictions, the outcome in one word, its reason beside it, and the run's folder. */
interface RunResult extends Told<Omit<RunRecord, "batches" | "predicted" | "outcome">> {
  readonly outcome: RunRecord["outcome"]["kind"];
  readonly reason: string;
  readonly run: string | null;
  readonly trajectory: KeptTrajectory | null;
}

export function runResult(record: RunRecord, folder: string | null, trajectory?: KeptTrajectory): RunResult {
  const { data, model, loss = null, optimizer, hyper, schedule = null, seed, batchSize, parameters } = record;
  const { device = null, backend = null } = record;
  return {
    ...{ data, model, loss, optimizer, hyper, schedule, seed, batchSize, parameters, device, backend },
    epochs: record.epochs,
    test: record.test,
    dataset: record.dataset ?? null,
    regression: record.regression ?? null,
    metrics: record.metrics ?? null,
    monitor: record.monitor ?? null,
    kept: record.kept ?? null,
    steps: record.steps,
    seconds: record.seconds,
    goal: record.goal ?? null,
    groups: record.groups ?? null,
    start: record.start ?? null,
    frozen: record.frozen ?? null,
    augment: record.augment ?? null,
    trained: record.trained ?? null,
    target: record.target ?? null,
    outcome: record.outcome.kind,
    reason: record.outcome.reason,
    run: folder,
    trajectory: trajectory ?? null,
  };
}

/** Prints a result in the form that was asked for; `words` are for people. */
export function printResult(io: Io, settings: Settings, result: object, words: () => string): void {
  if (settings.get(flags.json)) io.out.write(jsonText(result));
  else io.out.write(settings.get(flags.jsonl) ? jsonLine({ kind: "result", ...result }) : words());
}

/** One JSON value on lines of its own. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** One JSON value on one line. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`;
