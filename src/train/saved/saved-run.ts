import { cut, isOptions, quoteValue } from "../../arguments/index.ts";
import { isVector, once, type Vector } from "../../expr/index.ts";
import { textOfVector, vectorOfText } from "../../files/index.ts";
import { type Frozen, type Model, modelToJson } from "../../nn/index.ts";
import { type EarlyStopping, keepsBest } from "../early-stopping.ts";
import { FROZEN } from "../initial-weights.ts";
import type { RunSettings, SavedTraining, Settings } from "../options.ts";
import { type RunState, startingState } from "../run-state.ts";
import { type DataSketch, differ, sketchOf } from "./data-sketch.ts";

/** What a saved run must have in common with the run that resumes it. */
export interface Identity {
  readonly seed: number;
  /** Examples in the training set. */
  readonly examples: number;
  /** Computes the sketch of the training set; undefined where that would take long. */
  readonly sketch: () => DataSketch | undefined;
  readonly batchSize: number;
  /** The name of the update rule or solver. Its hyper-parameters may change when the run is resumed. */
  readonly optimizer: string;
  readonly model: string;
  /** The model's layers and loss as JSON; empty if JSON cannot hold them. */
  readonly layers: string;
  /** The parameters that are not trained. */
  readonly frozen: string;
  /** The sampler, and whether an epoch's smaller last batch is left out. */
  readonly order: string;
  /** What early stopping watches, which decides which weights were kept. */
  readonly monitor: NonNullable<Settings["monitor"]>;
}

/** A run's identity; `own` has the part that depends on its kind. */
export const identityOf = (
  { model, frozen, data: { train }, seed, monitor = "loss" }: Identified,
  own: Pick<Identity, "optimizer" | "batchSize" | "order">,
): Identity => ({
  ...{ seed, examples: train.count, ...own, model: model.name, layers: textOf(frozen?.whole ?? model), monitor },
  frozen: frozen?.names.join(", ") ?? "",
  sketch: once(() => sketchOf(train)),
});

type Identified = Pick<RunSettings, "model" | "frozen" | "data" | "seed" | "monitor">;

function textOf(model: Model): string {
  try {
    return JSON.stringify(modelToJson(model));
  } catch (error) {
    if (error instanceof TypeError) return "";
    throw error;
  }
}

/** What every saved run holds, except the vectors w and s. */
export const savedRunState = ({ step, seconds, best, target }: RunState, identity: Identity): SavedTraining => ({
  t: step,
  ...{ seed: identity.seed, examples: identity.examples, batchSize: identity.batchSize, seconds },
  words: vectorOfText(JSON.stringify({ ...wordsOf(identity), monitor: identity.monitor })),
  ...named("data", { ...identity.sketch() }),
  ...named("best", { ...best }),
  ...named("target", { ...target }),
});

const wordsOf = ({ optimizer, model, layers, frozen, order }: Identity) => ({
  ...{ optimizer, model, layers, frozen, order },
});

/** The frozen parameters' values, with which a run that resumes builds its model. */
export const savedFrozen = (frozen: Frozen | undefined): Record<string, Vector> =>
  frozen === undefined ? {} : { [FROZEN]: frozen.values.slice() };

/** Restores a saved run into the state of one that has just begun. */
export function restoreRunState(run: RunState, from: Saved, options: EarlyStopping): void {
  const { w } = from.under("best");
  const target = from.under("target");
  const [step, seconds] = [from.whole("t"), from.number("seconds")];
  const best = {
    ...{ loss: from.number("best.loss"), waited: from.whole("best.waited") },
    ...(from.has("best.accuracy") && { accuracy: from.number("best.accuracy") }),
    ...(from.has("best.epoch") && { epoch: from.whole("best.epoch"), steps: from.whole("best.steps") }),
  };
  const copies = () => ({ w: from.vector("best.w", run.w.slice()), s: from.vector("best.s", run.s.slice()) });
  Object.assign(run, { step, seconds });
  if ("step" in target) run.target = { step: from.number("target.step"), seconds: from.number("target.seconds") };
  if (isVector(w)) {
    if (keepsBest(options)) from.checkMonitor(options);
    run.best = { ...best, ...copies() };
    // A run that did not have early stopping before has kept no weights.
  } else run.best = keepsBest(options) ? startingState().best : best;
}

/** The entries with a prefix before their names; vectors are copied. */
export const named = (
  place: string,
  entries: Readonly<Record<string, number | Vector>>,
): Record<string, number | Vector> =>
  Object.fromEntries(
    Object.entries(entries).map(([name, value]) => [`${place}.${name}`, isVector(value) ? value.slice() : value]),
  );

/** Reads a saved run. Throws a RangeError for anything else, and for a saved run that does not fit. */
export class Saved {
  readonly #entries: Readonly<Record<string, unknown>>;

  constructor(saved: SavedTraining) {
    if (typeof saved !== "object" || saved === null) refuse(`it is ${quoteValue(saved)}, not the result of save()`);
    this.#entries = saved;
  }

  number(name: string): number {
    const value = this.#entries[name];
    if (typeof value !== "number") refuse(`${name} is ${quoteValue(value)}; a number is needed`);
    return value;
  }

  /** A whole number from 0 to `most`. */
  whole(name: string, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.number(name);
    if (!Number.isSafeInteger(value) || value < 0 || value > most)
      refuse(
        `${name} is ${value}; it must be a whole number, 0 or more${most < Number.MAX_SAFE_INTEGER ? `, and at most ${most}` : ""}`,
      );
    return value;
  }

  /** Throws if the saved run has another identity. */
  check(identity: Identity): void {
    const { seed, examples, batchSize } = identity;
    for (const [name, wanted] of Object.entries({ seed, examples, batchSize })) {
      const value = this.number(name);
      if (value !== wanted) refuse(`its ${name} was ${value}, but this run's is ${wanted}; give the same options`);
    }
    // Older runs have frozen nothing.
    const words: Readonly<Record<string, unknown>> = { frozen: "", ...this.#words() };
    for (const [name, wanted] of Object.entries(wordsOf(identity)))
      if (words[name] !== wanted)
        refuse(
          name === "layers"
            ? `its model, ${cut(identity.model)}, had other layers`
            : name === "frozen"
              ? "it froze other parameters; give the same freeze"
              : `its ${name} was ${quoteValue(words[name])}, but this run's is ${quoteValue(wanted)}`,
        );
    this.#checkData(identity);
  }

  /** Older runs have no sketch of their data. */
  #checkData({ sketch }: Identity): void {
    const own = this.has("data.signed") ? sketch() : undefined;
    if (own === undefined) return;
    const saved = { magnitude: this.number("data.magnitude"), signed: this.number("data.signed") };
    if (differ(saved, own))
      refuse("its training examples had other values; give the same data, prepared in the same way");
  }

  /** Throws if early stopping watched something else. Saved runs of older versions do not say what, since it was always the loss. */
  checkMonitor({ monitor: wanted = "loss" }: EarlyStopping): void {
    const { monitor = "loss" } = this.#words();
    if (monitor !== wanted)
      refuse(
        `it kept the weights that were best by ${quoteValue(monitor)}, but this run's monitor is ${quoteValue(wanted)}`,
      );
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#entries, name);
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
        `${cut(name)} is a ${value.constructor.name} of length ${value.length}; this run's is a ${to.constructor.name} of length ${to.length}`,
      );
    to.set(value);
    return to;
  }

  /** The entries with a prefix, without it. */
  under(place: string): Record<string, unknown> {
    const own = Object.entries(this.#entries).filter(([name]) => name.startsWith(`${place}.`));
    return Object.fromEntries(own.map(([name, value]) => [name.slice(place.length + 1), value]));
  }
}

export function refuse(words: string): never {
  throw new RangeError(`from: the saved run does not fit: ${words}`);
}
