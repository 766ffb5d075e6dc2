import { cut, MOST, nearestName, quote } from "../../arguments/index.ts";
import { SafetensorsError } from "./error.ts";

/** A tensor that a file is to have. */
export interface Expected {
  readonly name: string;
  readonly shape: readonly number[];
  /** Any where it is left out. */
  readonly dtype?: string;
}

interface Described {
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** In what a file is not as expected; shapes and types as texts. */
export type Difference =
  | { readonly kind: "missing"; readonly name: string }
  | { readonly kind: "extra"; readonly name: string }
  | { readonly kind: "shape" | "dtype"; readonly name: string; readonly found: string; readonly expected: string };

/** Tensors that are not those that are expected. */
export class MismatchError extends SafetensorsError {
  override readonly name = "MismatchError";
  /** All of them: those of the expected tensors in their order, then the tensors that are not expected. */
  readonly differences: readonly Difference[];

  constructor(where: string, differences: readonly Difference[]) {
    super(where, `it does not fit: ${told(differences)}`, "load it into the model that it was saved from");
    this.differences = differences;
  }
}

/**
 * The found tensors, or what a header says of them, in the order in which they are expected. Throws a MismatchError with
 * all differences where one is missing, is not expected, or has another shape or dtype: who asks before anything is
 * changed loads all or nothing.
 *
 * @param where what errors call the file
 */
export function matchTensors<T extends Described>(
  expected: Iterable<Expected>,
  found: ReadonlyMap<string, T>,
  where = "safetensors data",
): T[] {
  const wanted = new Map([...expected].map((each) => [each.name, each]));
  const extra = [...found.keys()].filter((name) => !wanted.has(name));
  const differences = [
    ...[...wanted.values()].flatMap((each) => differencesOf(each, found.get(each.name))),
    ...extra.map((name): Difference => ({ kind: "extra", name })),
  ];
  if (differences.length > 0) throw new MismatchError(where, differences);
  return [...wanted.keys()].flatMap((name) => found.get(name) ?? []);
}

function differencesOf({ name, shape, dtype }: Expected, tensor: Described | undefined): Difference[] {
  if (tensor === undefined) return [{ kind: "missing", name }];
  const differences: Difference[] = [];
  const [found, expected] = [textOf(tensor.shape), textOf(shape)];
  if (found !== expected) differences.push({ kind: "shape", name, found, expected });
  if (dtype !== undefined && dtype !== tensor.dtype)
    differences.push({ kind: "dtype", name, found: tensor.dtype, expected: dtype });
  return differences;
}

const textOf = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/** The first of them, in words. */
function told(differences: readonly Difference[]): string {
  const extra = differences.filter(({ kind }) => kind === "extra").map(({ name }) => name);
  const shown = differences.slice(0, MOST.values).map((each) => inWords(each, extra));
  return shown.join(", ") + (differences.length > MOST.values ? `, … ${differences.length} in all` : "");
}

function inWords(difference: Difference, extra: readonly string[]): string {
  const name = quote(difference.name);
  if (difference.kind === "missing") return `${name} is missing${hint(nearestName(difference.name, extra))}`;
  if (difference.kind === "extra") return `${name} is not expected`;
  return `${name} has ${difference.kind} ${cut(difference.found)}, expected ${cut(difference.expected)}`;
}

const hint = (similar: string | undefined): string => (similar === undefined ? "" : ` (there is ${quote(similar)})`);
