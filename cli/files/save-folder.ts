import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { DataError, quote } from "../../src/files/index.ts";
import * as flags from "../flags/index.ts";
import type { Progress } from "../print/progress.ts";
import type { Settings } from "../settings.ts";

/** The files of a saved model. */
const FILES = ["model.json", "weights.safetensors"];

/**
 * Says before anything is computed whether the folder of `--save` holds a model, which will be replaced. Files with other names are
 * left alone.
 *
 * @throws DataError for a file, and for a folder with a file of a model's name that is none
 */
export function checkSaveFolder(settings: Settings, progress: Progress): void {
  const folder = settings.get(flags.save);
  if (folder === undefined || !existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new DataError(folder, "it is a file", "give --save a folder");
  if (FILES.every((name) => existsSync(join(folder, name)))) {
    progress.note(`--save: replaces the model in ${folder}`);
    return;
  }
  const stranger = FILES.find((name) => existsSync(join(folder, name)));
  if (stranger === undefined) return;
  const problem = `it holds ${quote(stranger)}, and no model that could be replaced`;
  throw new DataError(folder, problem, "give --save a new or an empty folder");
}
