import { existsSync } from "node:fs";
import { basename } from "node:path";
import { cut, unknownName } from "../../src/arguments/index.ts";
import {
  regressions,
  type StrdProblem,
  type Surface,
  sumOfSquares,
  surfaceFromText,
  surfaces,
} from "../../src/surfaces/index.ts";
import { loadRegression, strdFile } from "../../src/surfaces/node/index.ts";
import type { Place } from "../flags/walk.ts";
import { Failure, UsageError } from "../mistakes/failure.ts";

/** A word of two letters or more, perhaps with a size, such as `rosenbrock:10`, or with a number, such as `gauss1`. */
const NAME = /^\p{L}[\p{L}-]*\p{L}(:\d+)?$|^\p{L}{2}[\p{L}\p{N}]*$/u;

/** A known surface by its name, or one from a formula in x, y, … Throws where it is neither. */
export function surfaceFrom(text: string): Surface {
  const name = nameIn(text);
  if (!NAME.test(name)) return formulaIn(text);
  const known = surfaces.surfaces.map((each) => each.name);
  const [key] = name.toLowerCase().split(":", 1);
  if (known.includes(key)) return surfaces.findSurface(name);
  const all = [...known, ...regressions.map((each) => each.name.toLowerCase())];
  throw new RangeError(unknownName("surface", name, all, "downhill surfaces"));
}

/** Endings of files, which no formula has. */
const FILE = /\.(?:csv|tsv|json|txt|yaml|yml|html|md|js|mjs|ts|py|svg|png|onnx|safetensors)$/i;

function formulaIn(text: string): Surface {
  try {
    return surfaceFromText(text);
  } catch (error) {
    if (!FILE.test(text.trim())) throw error;
    throw new UsageError(
      `${cut(text)} is neither a surface nor a formula, but looks like a file; of files, only NIST's regressions are read, whose names end in .dat`,
      { cause: error },
    );
  }
}

const nameIn = (text: string): string => text.trim().replaceAll(/[\s_]+/g, "-");

/** NIST's regression with this name, where there is one. */
export const regressionNamed = (text: string): StrdProblem | undefined => {
  const name = nameIn(text).toLowerCase();
  return regressions.some((each) => each.name.toLowerCase() === name) ? loadRegression(name) : undefined;
};

/** The function to minimise. */
export interface Problem {
  /** As it can be typed again: `rosenbrock:10`, a formula, the name of a regression. */
  readonly name: string;
  readonly surface: Surface;
  /** The regression whose sum of squares the surface is, where it is one. */
  readonly regression?: StrdProblem;
}

/** A surface, or the sum of squares of a regression: one of NIST's by its name, or one in a file whose name ends in .dat. */
export function problemFrom(text: string): Problem {
  const regression = /\.dat$/i.test(text) ? regressionIn(text) : regressionNamed(text);
  if (regression !== undefined) return { name: regression.name, surface: sumOfSquares(regression), regression };
  const surface = surfaceFrom(text);
  const name = nameIn(text);
  return { name: NAME.test(name) ? name.toLowerCase() : surface.name, surface };
}

function regressionIn(file: string): StrdProblem {
  try {
    return strdFile(file);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) throw new Failure(error.message, { cause: error });
    const name = basename(file.toLowerCase(), ".dat");
    if (!(error instanceof Error) || existsSync(file) || regressionNamed(name) === undefined) throw error;
    throw new Failure(`${error.message}; NIST's own needs no file: downhill minimize ${name}`, { cause: error });
  }
}

/** The coordinates of a start, where one was given: numbers, or one of the regression's own starts by its name. */
export function startIn(
  { name, surface, regression }: Problem,
  place: Place | undefined,
): readonly number[] | undefined {
  if (place === undefined) return undefined;
  const starts = regression?.starts ?? [];
  const numbers = "start" in place ? starts[place.start - 1] : place;
  if (numbers?.length === surface.variables.length) return numbers;
  const typed = "start" in place ? `start${place.start}` : cut(place.join(","));
  const own = starts.map((_, i) => `, or start${i + 1}`).join("");
  const [count, names] = [surface.variables.length, surface.variables.slice(0, 10).join(", ")];
  throw new UsageError(
    `--start ${typed}: ${cut(name)} has ${count === 1 ? "one variable" : `${count} variables`} (${names}${count > 10 ? ", …" : ""}); give a number for each${own}`,
  );
}
