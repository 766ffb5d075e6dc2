import type { Vector } from "../../expr/array.ts";
import { cut, quoteValue } from "../../expr/quote.ts";
import { isVector } from "../../optimizers/state.ts";
import { atTheStart, type Course } from "../course.ts";
import type { SavedTraining, Settings } from "../options.ts";

/** What a saved run has to have in common with the one that goes on from it. */
export interface Identity {
  readonly seed: number;
  /** In the training set. */
  readonly examples: number;
  readonly batchSize: number;
}

/** What every saved run holds, but for its vectors w and s. */
export const savedCourse = ({ step, seconds, best, target }: Course, identity: Identity): SavedTraining => ({
  t: step,
  ...{ ...identity, seconds },
  ...named("best", { ...best }),
  ...named("target", { ...target }),
});

/** Puts it in the place of a course that has just begun. */
export function restoreCourse(course: Course, from: Saved, { patience }: Pick<Settings, "patience">): void {
  const { w } = from.under("best");
  const target = from.under("target");
  const [step, seconds] = [from.number("t"), from.number("seconds")];
  const best = { loss: from.number("best.loss"), waited: from.number("best.waited") };
  const copies = () => ({ w: from.vector("best.w", course.w.slice()), s: from.vector("best.s", course.s.slice()) });
  Object.assign(course, { step, seconds });
  if ("step" in target) course.target = { step: from.number("target.step"), seconds: from.number("target.seconds") };
  if (isVector(w)) course.best = { ...best, ...copies() };
  // Early stopping that was not asked for before has kept no weights.
  else course.best = patience === undefined ? best : atTheStart().best;
}

/** Entries under a name of their own; vectors are copied. */
export const named = (
  place: string,
  entries: Readonly<Record<string, number | Vector>>,
): Record<string, number | Vector> =>
  Object.fromEntries(
    Object.entries(entries).map(([name, value]) => [`${place}.${name}`, isVector(value) ? value.slice() : value]),
  );

/** Reads what is in a saved run. Throws a RangeError where it is none, or that of another run. */
export class Saved {
  readonly #entries: Readonly<Record<string, unknown>>;

  constructor(saved: SavedTraining) {
    if (typeof saved !== "object" || saved === null) refuse(`it is ${quoteValue(saved)}, and not what save() gives`);
    this.#entries = saved;
  }

  number(name: string): number {
    const value = this.#entries[name];
    if (typeof value !== "number") refuse(`${name} is ${quoteValue(value)}; a number is needed`);
    return value;
  }

  /** Throws where a number that decides all that follows is another one. */
  check(identity: Identity): void {
    for (const [name, wanted] of Object.entries(identity)) {
      const value = this.number(name);
      if (value !== wanted) refuse(`its ${name} was ${value}, and this run's is ${wanted}; give it the same options`);
    }
  }

  /** Copies a vector. */
  vector(name: string, to: Vector): Vector {
    const value = this.#entries[name];
    if (!isVector(value)) refuse(`${name} is ${quoteValue(value)}; a vector is needed`);
    if (value.constructor !== to.constructor || value.length !== to.length)
      refuse(
        `${cut(name)} is a ${value.constructor.name} of ${value.length} numbers; this run's is a ${to.constructor.name} of ${to.length}`,
      );
    to.set(value);
    return to;
  }

  /** The entries under a name. */
  under(place: string): Record<string, unknown> {
    const own = Object.entries(this.#entries).filter(([name]) => name.startsWith(`${place}.`));
    return Object.fromEntries(own.map(([name, value]) => [name.slice(place.length + 1), value]));
  }
}

export function refuse(words: string): never {
  throw new RangeError(`from: the saved run does not fit: ${words}`);
}
