import type { Told } from "../lecture/index.ts";
import type { CompareOptions, Comparison } from "../src/compare/index.ts";
import type { Dataset } from "../src/data/index.ts";
import type { Figure } from "../src/figure/index.ts";
import type { Device } from "../src/index.ts";
import type { ModelData } from "../src/nn/index.ts";
import type { Judged } from "./verdict.ts";

/** How much of the published work is done again: a part that takes minutes, or all of it. */
export const scales = ["quick", "full"] as const;
/** One of them. */
export type Scale = (typeof scales)[number];

/** What is done at a scale. */
export interface Extent {
  /** Sizes and lengths, in a sentence. */
  readonly about: string;
  /** How long it takes on two idle cores, in words. */
  readonly cost: string;
}

/** A published result that is made again: one file, or a folder of its own. */
export interface Reproduction {
  /** As it is written on the command line. */
  readonly name: string;
  /** Shown in lists and as a heading. */
  readonly title: string;
  /** Author, year, title, and the section or the figure. */
  readonly source: string;
  readonly extents: Readonly<Record<Scale, Extent>>;
  /** Its parts, each of which can be made alone; none if it is one piece. */
  readonly parts: readonly string[];
  /** Does the work, and judges. What was interrupted leaves its claims undecided. */
  run(given: Given): Promise<Findings>;
}

/** What came of it: plain data. */
export interface Findings {
  /** Each claim of the publication with its verdict at this extent. */
  readonly claims: readonly Judged[];
  /** The numbers behind the verdicts. */
  readonly told: Told;
  /** The first one stands for all. */
  readonly figures: readonly Figure[];
  /** What a reader has to know: where the data or the method differ from the published ones. */
  readonly notes: readonly string[];
  /** The data sets that were used. */
  readonly data: readonly Pick<Dataset, "name" | "source" | "licence">[];
  /** Whether all was done. */
  readonly outcome: "completed" | "interrupted";
}

/** A comparison to make: the options of `compare`, with a model that is plain data. */
export interface ComparisonRequest extends CompareOptions {
  readonly data: Dataset;
  readonly model: ModelData;
  /** Called with passes over the training set, of all that there will be. */
  readonly onPasses?: (done: number, total: number) => void;
}

/** What the place where reproductions run provides: the command, or a test. */
export interface Given {
  readonly scale: Scale;
  /** Parts to do. Default: all. */
  readonly parts: readonly string[];
  /** A data set, from the user's folder, the cache or a download. Rejects with a DataError where it cannot be had. */
  data(name: string, options?: { readonly whiten?: "zca" }): Promise<Dataset>;
  /** The device to train nets on. */
  device(): Promise<Device>;
  /** Compares optimizers, in threads where there are some. Runs that were made before are not made again. */
  compare(request: ComparisonRequest): Promise<Comparison>;
  readonly kept: Kept;
  /** A fingerprint of a data set's values, for keys. */
  digest(data: Dataset): string;
  /** Tells the user something at once, as that a data set cannot be had. */
  note(words: string): void;
  /** Aborted when the user interrupts: the work ends soon, and keeps what is finished. */
  readonly signal: AbortSignal;
  /** How far a part is, from 0 to 1 of all the work. */
  progress(done: number, part: string): void;
}

/** Results by what they depend on, so that work that was done is not done again. Keys and values are plain data. */
export interface Kept {
  /** The value that was kept; undefined if there is none. */
  find(key: object): unknown;
  keep(key: object, value: unknown): void;
}

/** The value for a key: the one that was kept, or a new one, which is kept. Undefined where the work was interrupted. */
export async function once<T>(
  { kept, signal }: Pick<Given, "kept" | "signal">,
  key: object,
  isValue: (value: unknown) => value is T,
  make: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const known = kept.find(key);
  if (isValue(known)) return known;
  const made = signal.aborted ? undefined : await unlessInterrupted(signal, make);
  if (made !== undefined) kept.keep(key, made);
  return made;
}

/** What the work gives; undefined where it was interrupted. */
export async function unlessInterrupted<T>(
  signal: AbortSignal,
  work: () => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted && error === signal.reason) return undefined;
    throw error;
  }
}

/** How far the work is, where its parts take different amounts of it. */
export function progressOver(parts: Readonly<Record<string, number>>, given: Pick<Given, "progress">) {
  const total = Object.values(parts).reduce((sum, work) => sum + work, 0);
  const done = new Map<string, number>();
  return (part: string, fraction: number): void => {
    done.set(part, fraction * (parts[part] ?? 0));
    given.progress([...done.values()].reduce((sum, work) => sum + work, 0) / total, part);
  };
}
