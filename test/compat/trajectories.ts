import { readFileSync } from "node:fs";
import * as keras from "../../src/compat/keras.ts";
import * as optax from "../../src/compat/optax.ts";
import * as torch from "../../src/compat/torch.ts";
import type { Optimizer } from "../../src/optimizers/index.ts";
import { layoutOf } from "../optimizers/descents.ts";

type Rows = readonly (readonly number[])[];

/** An optimizer of another program, what it was given, and where it went: the weights after each gradient. */
export interface Case {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly gradients: string;
  readonly tensors: readonly number[];
  readonly w: Rows;
  /** Where weights are averaged: the average after each gradient. */
  readonly average?: Rows;
  readonly library?: string;
}

interface Goldens {
  readonly sets: Readonly<Record<string, { readonly w0: readonly number[]; readonly g: Rows }>>;
  readonly cases: readonly Case[];
  /** Arguments that raise an error in the other program. */
  readonly refused: readonly Pick<Case, "name" | "args">[];
}

export const readGoldens = (file: string): Goldens =>
  JSON.parse(readFileSync(new URL(`../goldens/optimizers/${file}.json`, import.meta.url), "utf8"));

/** What a library's module exports, by name. */
const libraries: Readonly<Record<string, object>> = { torch, keras, optax };

/** PyTorch has no schedules of its own: the rates are given as ours are, counted from 1. */
const firstStep: Readonly<Record<string, number>> = { torch: 1, keras: 0, optax: 0 };

export function make(library: string, { name, args }: Pick<Case, "name" | "args">): Optimizer {
  const entries = Object.entries(args).map(([key, value]) => [
    key,
    isTable(value) ? scheduleOf(library, value) : value,
  ]);
  return Reflect.get(libraries[library], name)(Object.fromEntries(entries));
}

interface Table {
  readonly schedule: readonly number[];
}

const isTable = (value: unknown): value is Table => typeof value === "object" && value !== null && "schedule" in value;
const scheduleOf =
  (library: string, { schedule }: Table) =>
  (step: number): number =>
    schedule[step - firstStep[library]];

/** The same steps by our optimizer: weights, and averages where it keeps any. */
export function retrace(optimizer: Optimizer, { sets }: Goldens, { gradients, tensors }: Case) {
  const { w0, g } = sets[gradients];
  const w = Float64Array.from(w0);
  const state = optimizer.init(w);
  const rows: number[][] = [];
  const averages: number[][] = [];
  for (const gradient of g) {
    optimizer.step(w, Float64Array.from(gradient), state, layoutOf(tensors));
    rows.push([...w]);
    if (optimizer.average !== undefined) averages.push([...optimizer.average.at(w, state)]);
  }
  return { w: rows, average: averages };
}

/** The largest |a − b| / |b|. A golden number that is 0 must be met exactly. */
export const worstError = (given: Rows, wanted: Rows): number =>
  Math.max(...wanted.flatMap((row, t) => row.map((b, i) => relativeError(given[t][i], b))));

const relativeError = (a: number, b: number): number => {
  if (a === b) return 0;
  return Number.isFinite(a) ? Math.abs(a - b) / Math.abs(b) : Number.POSITIVE_INFINITY;
};
