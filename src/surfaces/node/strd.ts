import { readdirSync } from "node:fs";
import { join } from "node:path";
import { assetPath } from "../../data/node/index.ts";
import { readText } from "../../files/node/index.ts";
import { findRegression, readStrd, type StrdProblem } from "../strd/index.ts";

/** Bytes of a file; NIST's largest has 9,276. */
const LARGEST = 2 ** 20;

/** A nonlinear regression from a file in NIST's format. Throws an error that names the file where it can't be read. */
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
 * One of NIST's 27 regressions by its name, `thurber`, from the files inside the package. Throws a RangeError with the nearest
 * name where there is none.
 */
export const loadRegression = (name: string): StrdProblem =>
  strdFile(assetPath(join("nist-strd", `${findRegression(name).name}.dat`)));

/** All of them in a folder: every file whose name ends in .dat, by name. */
export function strdFolder(folder: string): StrdProblem[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".dat"));
  if (names.length === 0) throw new RangeError(`${folder}: there are no .dat files in this folder`);
  return names.sort().map((name) => strdFile(join(folder, name)));
}
