import { readdirSync } from "node:fs";
import { join } from "node:path";
import { assetPath } from "../../data/node/index.ts";
import { readText } from "../../files/node/index.ts";
import { findRegression, readStrd, type StrdProblem } from "../nist/index.ts";

/** The most bytes of a file; NIST's largest has 9,276. */
const LARGEST = 2 ** 20;

/**
 * Reads a nonlinear regression from a file in NIST's format. Throws a SyntaxError that names the file and the line, and
 * a DataError if the file cannot be read.
 */
export function strdFile(path: string): StrdProblem {
  const text = readText(path, LARGEST);
  try {
    return readStrd(text);
  } catch (cause) {
    if (cause instanceof Error) throw new SyntaxError(`${path}: ${cause.message}`, { cause });
    throw cause;
  }
}

/**
 * One of NIST's 27 regressions by name, such as `thurber`, from the package's own files. Throws a RangeError that suggests the nearest
 * name if there is none.
 */
export const loadRegression = (name: string): StrdProblem =>
  strdFile(assetPath(join("nist-strd", `${findRegression(name).name}.dat`)));

/**
 * All regressions in a folder: every file whose name ends in .dat, sorted by name. Throws a RangeError if there is
 * none.
 */
export function strdFolder(folder: string): StrdProblem[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".dat"));
  if (names.length === 0) throw new RangeError(`${folder}: this folder has no .dat files; give one with NIST's files`);
  return names.sort().map((name) => strdFile(join(folder, name)));
}
