import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError } from "../../files/index.ts";

/** A file below `assets/`, which is in a folder above the sources and above their compiled form: search upwards. */
export function assetPath(file: string): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, "assets", file);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) {
      throw new DataError(join("assets", file), `is not found above ${start}`, "install the package again");
    }
  }
}
