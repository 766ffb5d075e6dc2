import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { cut } from "../../src/arguments/index.ts";
import { loadTable } from "../../src/data/node/index.ts";
import { type RawTable, readingLike, unseenWords } from "../../src/data/table/index.ts";
import { DataError, quote } from "../../src/files/index.ts";
import type { Net } from "../../src/nn/index.ts";
import { load, readTrained } from "../../src/nn/node/index.ts";
import { several } from "../../src/report/index.ts";
import { readRun } from "../../src/report/node/index.ts";
import * as bundles from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { type Io, warn } from "../io.ts";
import { Failure, UsageError } from "../mistakes/failure.ts";
import { Progress } from "../print/progress.ts";
import type { Settings } from "../settings.ts";

/** The folder of a saved model: the one that is named, or `model` in a run's folder. */
export function modelFolder(path: string): string {
  const found = [path, join(path, "model")].find((folder) => existsSync(join(folder, "model.json")));
  if (found !== undefined) return found;
  if (!existsSync(path))
    throw new DataError(path, "there is no such folder", "give a run's folder, or a saved model's");
  if (existsSync(join(path, "summary.json")) && readRun(path).summary?.kind === "folds")
    throw new DataError(
      path,
      "it is a cross-validation, which keeps none of its folds' nets",
      "train with --save, too",
    );
  const what = statSync(path).isDirectory() ? "it has no model.json, nor has a folder model in it" : "it is a file";
  throw new DataError(path, what, "give a run's folder, or a saved model's");
}

/** The net that the first word names. */
export async function netIn(settings: Settings, io: Io): Promise<Net> {
  const [path] = settings.words;
  const onWarning = (message: string) => warn(io, message);
  const options = { ...settings.options(bundles.device), threads: settings.get(flags.threads), onWarning };
  return load(modelFolder(path), options).catch(refuseDamaged);
}

/** A saved model without a device. Throws a Failure for a model.json that was changed by hand and holds something else. */
export function trainedIn(folder: string): ReturnType<typeof readTrained> {
  try {
    return readTrained(folder);
  } catch (error) {
    return refuseDamaged(error);
  }
}

/** The library calls a value of another type in model.json a TypeError; here it is no mistake of the program's. */
function refuseDamaged(error: unknown): never {
  if (error instanceof TypeError)
    throw new Failure(`${error.message}; the file was changed or damaged: save the model again`, { cause: error });
  throw error;
}

/** How many of a column's unknown words are named. */
const NAMED = 3;

/** Says which words of the rows the net does not know. */
export function noteUnseen(table: RawTable, net: Net, settings: Settings, io: Io): void {
  if (net.preprocessing === undefined) return;
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  for (const { column, rows, words, shared } of unseenWords(table, net.preprocessing)) {
    const named = words.slice(0, NAMED).map((word) => quote(word));
    const more = words.length > NAMED ? ` and ${words.length - NAMED} more` : "";
    const [training, fate] = shared
      ? ["rare or missing in the training set", "they count as its rare words do"]
      : ["missing in the training set", "they count as none of its words"];
    progress.note(
      `${cut(column)}: ${several(rows, "row")} with words that were ${training}, ${named.join(", ")}${more}; ${fate}`,
    );
  }
}

/** Rows that a net is to predict from, whose columns it knows by name. */
export async function rowsIn(path: string, net: Net, settings: Settings): Promise<RawTable> {
  const like = net.preprocessing && readingLike(net.preprocessing);
  const header = settings.get(flags.header) ?? (settings.get(flags.noHeader) ? false : like?.header);
  // A file of rows needs no ending.
  const name = /^\w\w+:/.test(path) || path.toLowerCase().endsWith(".parquet") ? path : `csv:${path}`;
  const form = settings.options(bundles.form);
  const table = await loadTable(name, {
    ...form,
    ...(header !== undefined && { header }),
    ...{ target: [], spelled: like?.spelled ?? [] },
    notMissing: [...(form.notMissing ?? []), ...(like?.notMissing ?? [])],
  });
  if (table === undefined)
    throw new UsageError(`${path}: give a file of rows, such as new.csv, or - for standard input`);
  return table;
}
