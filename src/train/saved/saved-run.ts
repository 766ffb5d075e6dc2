import { cut, isOptions, quoteValue } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { isVector } from "../../expr/index.ts";
import { textOfVector, vectorOfText } from "../../files/index.ts";
import { type Model, modelToJson } from "../../nn/index.ts";
import { atTheStart, type Course } from "../course.ts";
import type { RunSettings, SavedTraining, Settings } from "../options.ts";

/** What a saved run has to have in common with the one that goes on from it. */
export interface Identity {
  readonly seed: number;
  /** In the training set. */
  readonly examples: number;
  readonly batchSize: number;
  /** The name of the update rule or solver. What is set of it may change from one part of a run to the next. */
  readonly optimizer: string;
  readonly model: string;
  /** Its layers and loss as JSON; nothing where JSON cannot hold them. */
  readonly layers: string;
  /** The sampler, and whether an epoch's last, smaller batch is left out. */
  readonly order: string;
}

/** What a run has to be told apart from others by, but for its solver's or rule's name and its batches. */
export const identityOf = (
  { model, examples: { train }, seed }: Pick<RunSettings, "model" | "examples" | "seed">,
  own: Pick<Identity, "optimizer" | "batchSize" | "order">,
): Identity => ({ seed, examples: train.count, ...own, model: model.name, layers: textOf(model) });

function textOf(model: Model): string {
  try {
    return JSON.stringify(modelToJson(model));
  } catch (error) {
    if (error instanceof TypeError) return "";
    throw error;
  }
}

/** What every saved run holds, but for its vectors w and s. */
export const savedCourse = ({ step, seconds, best, target }: Course, identity: Identity): SavedTraining => ({
  t: step,
  ...{ seed: identity.seed, examples: identity.examples, batchSize: identity.batchSize, seconds },
  words: vectorOfText(JSON.stringify(wordsOf(identity))),
  ...named("best", { ...best }),
  ...named("target", { ...target }),
});

const wordsOf = ({ optimizer, model, layers, order }: Identity) => ({ optimizer, model, layers, order });

/** Puts it in the place of a course that has just begun. */
export function restoreCourse(course: Course, from: Saved, { patience }: Pick<Settings, "patience">): void {
  const { w } = from.under("best");
  const target = from.under("target");
  const [step, seconds] = [from.whole("t"), from.number("seconds")];
  const best = { loss: from.number("best.loss"), waited: from.whole("best.waited") };
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

  /** A number that counts something: from 0 to `most`. */
  whole(name: string, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.number(name);
    if (!Number.isSafeInteger(value) || value < 0 || value > most)
      refuse(
        `${name} is ${value}; it must be a whole number, 0 or more${most < Number.MAX_SAFE_INTEGER ? `, and at most ${most}` : ""}`,
      );
    return value;
  }

  /** Throws where something that decides all that follows was another one. */
  check(identity: Identity): void {
    const { seed, examples, batchSize } = identity;
    for (const [name, wanted] of Object.entries({ seed, examples, batchSize })) {
      const value = this.number(name);
      if (value !== wanted) refuse(`its ${name} was ${value}, and this run's is ${wanted}; give it the same options`);
    }
    const words = this.#words();
    for (const [name, wanted] of Object.entries(wordsOf(identity)))
      if (words[name] !== wanted)
        refuse(
          name === "layers"
            ? `the layers of its model, ${cut(identity.model)}, were others`
            : `its ${name} was ${quoteValue(words[name])}, and this run's is ${quoteValue(wanted)}`,
        );
  }

  #words(): Readonly<Record<string, unknown>> {
    try {
      const words: unknown = JSON.parse(textOfVector(this.#entries.words) ?? "null");
      if (isOptions(words)) return Object.fromEntries(Object.entries(words));
    } catch {}
    return refuse("its words cannot be read");
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
