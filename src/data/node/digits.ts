import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Dataset } from "../dataset.ts";
import { digitsDataset } from "../digits.ts";
import { DataError } from "../error.ts";
import { fileError } from "./file-error.ts";

/** Unpacked, the file has 264,712 bytes; a damaged one must not become larger than this. */
const LARGEST = 1_000_000;

/** The digits from the file inside the package. */
export async function loadDigits(limit?: number): Promise<Dataset> {
  const file = assetPath(join("digits", "digits.csv.gz"));
  try {
    const text = await promisify(gunzip)(await readFile(file), { maxOutputLength: LARGEST });
    return digitsDataset(text.toString("latin1"), limit);
  } catch (error) {
    throw fileError(error, file);
  }
}

/** A file below `assets/`, which stands beside the sources and beside their compiled form's folder: look upwards. */
function assetPath(file: string): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, "assets", file);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) {
      throw new DataError(join("assets", file), `is not found above ${start}`, "install the package again");
    }
  }
}
