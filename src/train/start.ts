import { cut, quoteList, quoteValue } from "../expr/quote.ts";
import type { Walkable } from "./minimize.ts";

/** Where a walk starts: as was said, or the target's own start. Throws a RangeError where there is none, or it does not fit. */
export function startOn(target: Walkable, dimension: number, given: readonly number[] | undefined): readonly number[] {
  const start = given ?? ownStart(target);
  if (start === undefined) throw new RangeError(`${cut(target.name)}: give a start, ${dimension} numbers`);
  if (start.length !== dimension || !start.every(Number.isFinite))
    throw new RangeError(
      `${cut(target.name)}: the start is ${quoteList(start)}; ${dimension} finite numbers are needed`,
    );
  return start;
}

function ownStart(target: Walkable): readonly number[] | undefined {
  if ("start" in target) return target.start;
  return "starts" in target ? target.starts[0] : undefined;
}

/** Throws a RangeError where this is no number of steps. */
export function checkSteps(steps: number): void {
  if (!Number.isSafeInteger(steps) || steps < 0)
    throw new RangeError(`steps is ${quoteValue(steps)}; it must be a whole number, 0 or more`);
}
