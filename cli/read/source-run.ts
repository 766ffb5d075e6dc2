import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Dataset } from "../../src/data/index.ts";
import { canonicalName } from "../../src/data/index.ts";
import { isArrays } from "../../src/data/node/index.ts";
import { DataError } from "../../src/files/index.ts";
import type { Restored } from "../../src/nn/index.ts";
import { readRun } from "../../src/report/node/index.ts";
import { solverNames } from "../../src/solvers/index.ts";
import type { RunRecord } from "../../src/train/index.ts";
import { train } from "../commands/train.ts";
import * as flags from "../flags/index.ts";
import { Failure } from "../mistakes/failure.ts";
import type { Progress } from "../print/progress.ts";
import { type Layer, readConfig, Settings } from "../settings.ts";
import { loadNamed } from "./data-set.ts";
import { trainedIn } from "./trained-net.ts";

/** A training's folder: the net that it kept, and how it was called. */
export interface SourceRun {
  readonly path: string;
  readonly net: Restored;
  /** The settings of `downhill train`. */
  readonly settings: Settings;
  /** What the run told of itself; undefined where a killed run has left too little. */
  readonly record: RunRecord | undefined;
  /** The batch size on which its evaluations depended: 1 of a solver, whose steps take all examples. */
  readonly batchSize: number;
}

/**
 * Reads a training's folder.
 *
 * @param dataDir where its data are looked for, in place of where they were
 * @throws DataError or Failure for a folder that is none, or that has no net that this version can read
 */
export function sourceRun(path: string, dataDir: string | undefined): SourceRun {
  const [config, folder] = [join(path, "config.json"), join(path, "model")];
  if (!existsSync(path))
    throw new DataError(path, "there is no such folder", "give a run's folder, such as one in runs");
  if (!existsSync(config)) {
    const isModel = existsSync(join(path, "model.json"));
    throw new DataError(
      path,
      isModel ? "it is a saved model, which does not tell its data" : "it is no run's folder: it has no config.json",
      "give the folder of the run, which downhill train wrote",
    );
  }
  const run = readRun(path);
  const { kind, command } = run.config;
  if (kind !== "train")
    throw new DataError(path, `it is a run of ${kind}`, "give the folder of a training, which downhill train wrote");
  if (run.summary?.kind === "folds")
    throw new DataError(path, "it is a cross-validation, which keeps none of its folds' nets", "train without --folds");
  if (!existsSync(join(folder, "model.json")) || !existsSync(join(folder, "weights.safetensors")))
    throw new DataError(path, "it has no weights: the run ended before its net was kept", `train it again: ${command}`);
  const record = run.summary?.kind === "train" ? run.summary.result : undefined;
  return {
    ...{ path, net: readNet(folder, command), settings: settingsIn(config, dataDir), record },
    batchSize: record === undefined || solverNames.includes(record.optimizer) ? 1 : record.batchSize,
  };
}

/** The library calls a layer that it does not know a RangeError. */
function readNet(folder: string, command: string): Restored {
  try {
    return trainedIn(folder);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    const advice = `another version of Downhill wrote it, or it was changed: train it again with this one: ${command}`;
    throw new Failure(`${error.message}; ${advice}`, { cause: error });
  }
}

/** The settings that the run was called with, with another folder for its data if one is given. */
function settingsIn(config: string, dataDir: string | undefined): Settings {
  const usual: Layer = new Map(
    Object.entries(train.defaults ?? {}).map(([name, value]) => [name, { texts: [value], place: `--${name}` }]),
  );
  const own = readConfig(config, "train", train.flags);
  if (dataDir === undefined) return new Settings(train.flags, [], [usual, own]);
  const name = canonicalName(own.get(flags.data.name)?.texts.at(-1) ?? "digits");
  const moved = pathIn(name);
  const elsewhere: Layer =
    moved === undefined
      ? new Map([[flags.dataDir.name, { texts: [dataDir], place: "--data-dir" }]])
      : new Map([
          [flags.data.name, { texts: [`${moved.prefix}:${join(dataDir, basename(moved.path))}`], place: "--data-dir" }],
        ]);
  return new Settings(train.flags, [], [usual, own, elsewhere]);
}

/** The path of a file or a folder of one's own, such as csv:houses.csv. */
function pathIn(name: string): { readonly prefix: string; readonly path: string } | undefined {
  const [, prefix, path] = /^(\w\w+):(.+)$/s.exec(name) ?? [];
  return prefix === undefined || path === undefined ? undefined : { prefix, path };
}

/**
 * The data that the run was trained on, prepared in the same way.
 *
 * @throws DataError for data that are not there, and for others than those
 */
export async function dataOf(run: SourceRun, progress: Progress, signal: AbortSignal): Promise<Dataset> {
  const { settings, net } = run;
  const name = settings.value(flags.data);
  const isLike = settings.has(flags.from) && net.preprocessing !== undefined;
  const data = await loadNamed(name, settings, progress, signal, isLike ? net.preprocessing : undefined);
  checkCounts(run, data);
  if (!isLike && net.preprocessing !== undefined && data.preprocessing !== undefined)
    checkPrepared(run, data, isArrays(name));
  return data;
}

const AGAIN = "give the data that it was trained on, with --data-dir where they lie elsewhere, or train it again";

function checkCounts({ record, path }: SourceRun, { name, train: own, validation, test }: Dataset): void {
  const now = [own.count, validation.count, test.count];
  const before = record?.dataset?.counts;
  if (before === undefined || before.every((count, i) => count === now[i])) return;
  const words = (counts: readonly number[]): string =>
    `${counts[0]} training, ${counts[1]} validation and ${counts[2]} test examples`;
  throw new DataError(name, `it has ${words(now)}, but ${path} was trained with ${words(before)}`, AGAIN);
}

/** What was measured on the training set tells whether its content is the same. */
function checkPrepared({ net, path }: SourceRun, data: Dataset, areArrays: boolean): void {
  const [before, now] = [net.preprocessing, data.preprocessing].map(withoutWhitening);
  if (before === now) return;
  const what = areArrays ? "means, deviations or classes" : "columns, means, categories or classes";
  throw new DataError(
    data.name,
    `its content is another than that which ${path} was trained on: it has other ${what}`,
    AGAIN,
  );
}

/** The whitening's numbers follow from the rest. */
const withoutWhitening = (preprocessing: Dataset["preprocessing"]): string =>
  JSON.stringify(preprocessing, (key, value: unknown) => (key === "whitening" ? undefined : value));
