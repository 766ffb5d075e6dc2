import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { DataError, quote } from "../../src/files/index.ts";
import { type Content, makeFolder, writeWhole } from "../../src/files/node/index.ts";

/** Files by their paths within a folder, such as `onnx/model.onnx`. */
export type Files = Readonly<Record<string, Content>>;

/**
 * Writes files into a folder, which is made if needed. Files of an earlier export are replaced.
 *
 * @throws DataError for a folder that holds other files, before anything is written
 */
export function writeFolder(folder: string, files: Files): void {
  const stranger = filesIn(folder).find((file) => !Object.hasOwn(files, file));
  if (stranger !== undefined)
    throw new DataError(
      folder,
      `it holds ${quote(stranger)}, which no such export writes`,
      "give a new or an empty folder",
    );
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    makeFolder(dirname(file));
    writeWhole(file, content);
  }
}

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
