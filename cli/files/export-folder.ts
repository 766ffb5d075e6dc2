import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { DataError, quote } from "../../src/files/index.ts";
import { type Content, makeFolder, readText, writeWhole } from "../../src/files/node/index.ts";

/** Files by their paths within a folder, such as `onnx/model.onnx`. */
export type Files = Readonly<Record<string, Content>>;

/** The page about the model, to which its author adds a licence and words of their own. */
const README = "README.md";

/**
 * Writes files into a folder, which is made if needed. Files of an earlier export are replaced, but not a README.md with other
 * words. Returns the files that were kept.
 *
 * @throws DataError for a folder that holds other files, before anything is written
 */
export function writeFolder(folder: string, files: Files): string[] {
  const stranger = filesIn(folder).find((file) => !Object.hasOwn(files, file));
  if (stranger !== undefined)
    throw new DataError(
      folder,
      `it holds ${quote(stranger)}, which no such export writes`,
      "give a new or an empty folder",
    );
  const kept = Object.keys(files).filter((path) => path === README && holdsOther(join(folder, path), files[path]));
  for (const [path, content] of Object.entries(files)) {
    if (kept.includes(path)) continue;
    const file = join(folder, path);
    makeFolder(dirname(file));
    writeWhole(file, content);
  }
  return kept;
}

/** The most characters of a text that somebody has written. */
const LARGEST = 2 ** 24;

const holdsOther = (file: string, content: Content): boolean => existsSync(file) && readText(file, LARGEST) !== content;

/** Python leaves its compiled files beside a module that was imported. */
const LEFT_BY_PYTHON = "__pycache__";

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  if (!statSync(folder).isDirectory()) throw new DataError(folder, "it is a file", "give a folder");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !path.split("/").includes(LEFT_BY_PYTHON));
}
