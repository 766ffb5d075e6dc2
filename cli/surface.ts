import { type StrdProblem, type Surface, sumOfSquares, surfaceFromText, surfaces } from "../src/surfaces/index.ts";
import { strdFile } from "../src/surfaces/node/index.ts";
import { asUsage, Failure, UsageError } from "./failure.ts";
import type { Place } from "./flags/comparison.ts";

/** A known surface: a word of two letters or more, perhaps with a size, such as `rosenbrock:10`. */
const NAME = /^\p{L}[\p{L}-]*\p{L}(:\d+)?$/u;

/** A known surface by its name, or one from a formula in x, y, … Throws where it is neither. */
export function surfaceFrom(text: string): Surface {
  const name = nameIn(text);
  return NAME.test(name) ? surfaces.findSurface(name) : surfaceFromText(text);
}

const nameIn = (text: string): string => text.trim().replaceAll(/[\s_]+/g, "-");

/** What is walked on. */
export interface Ground {
  /** As it can be typed again: `rosenbrock:10`, a formula, the name of a regression. */
  readonly name: string;
  readonly surface: Surface;
  /** The regression whose sum of squares the surface is, where it was read from a file. */
  readonly problem?: StrdProblem;
}

/** A surface, or the sum of squares of a regression in a file whose name ends in .dat. */
export function groundFrom(text: string): Ground {
  if (/\.dat$/i.test(text)) {
    const problem = problemFrom(text);
    return { name: problem.name, surface: sumOfSquares(problem), problem };
  }
  const surface = asUsage(() => surfaceFrom(text));
  const name = nameIn(text);
  return { name: NAME.test(name) ? name.toLowerCase() : surface.name, surface };
}

function problemFrom(file: string): StrdProblem {
  try {
    return strdFile(file);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) throw new Failure(error.message, { cause: error });
    throw error;
  }
}

/** The numbers of a start, where one was given: numbers, or one of a file's own starts by its name. */
export function startIn({ name, surface, problem }: Ground, place: Place | undefined): readonly number[] | undefined {
  if (place === undefined) return undefined;
  const starts = problem?.starts ?? [];
  const numbers = "start" in place ? starts[place.start - 1] : place;
  if (numbers?.length === surface.variables.length) return numbers;
  const typed = "start" in place ? `start${place.start}` : place.join(",");
  const own = starts.map((_, i) => `, or start${i + 1}`).join("");
  const [count, names] = [surface.variables.length, surface.variables.slice(0, 10).join(", ")];
  throw new UsageError(
    `--start ${typed}: ${name} has ${count === 1 ? "one variable" : `${count} variables`} (${names}${count > 10 ? ", …" : ""}); give a number for each${own}`,
  );
}
