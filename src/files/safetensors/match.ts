import { cut, MOST, nearestName, quote } from "../../arguments/index.ts";
import { SafetensorsError } from "./error.ts";

/** A tensor that a file should have. */
export interface Expected {
  readonly name: string;
  readonly shape: readonly number[];
  /** Default: any. */
  readonly dtype?: string;
}

interface Described {
  readonly shape: readonly number[];
  readonly dtype?: string;
}

/** A difference between a file and the expected tensors, with shapes and types as text. */
export type Difference =
  | { readonly kind: "missing"; readonly name: string }
  | { readonly kind: "extra"; readonly name: string }
  | { readonly kind: "shape" | "dtype"; readonly name: string; readonly found: string; readonly expected: string };

/** A file's tensors differ from those expected. */
export class MismatchError extends SafetensorsError {
  override readonly name = "MismatchError";
  /** All differences: those of the expected tensors in their order, then the unexpected tensors. */
  readonly differences: readonly Difference[];

  constructor(
    where: string,
    differences: readonly Difference[],
    advice = "load it into the model that it was saved from",
  ) {
    super(where, `it does not fit: ${differenceWords(differences)}`, advice);
    this.differences = differences;
  }
}

/**
 * The found tensors, or their header entries, in the expected order. Throws a MismatchError with all differences if a tensor
 * is missing, unexpected, or has another shape or dtype. Call it before changing anything, to load all or nothing.
 *
 * @param where the file's name in errors
 */
export function matchTensors<T extends Described>(
  expected: Iterable<Expected>,
  found: ReadonlyMap<string, T>,
  where = "safetensors data",
): T[] {
  const wanted = [...expected];
  const differences = differencesOf(wanted, found);
  if (differences.length > 0) throw new MismatchError(where, differences);
  return wanted.flatMap(({ name }) => found.get(name) ?? []);
}

/** All differences: those of the expected tensors in their order, then the unexpected tensors. */
export function differencesOf(
  expected: readonly Expected[],
  found: ReadonlyMap<string, Described>,
): readonly Difference[] {
  const names = new Set(expected.map(({ name }) => name));
  return [
    ...expected.flatMap((each) => differencesIn(each, found.get(each.name))),
    ...[...found.keys()].filter((name) => !names.has(name)).map((name): Difference => ({ kind: "extra", name })),
  ];
}

function differencesIn({ name, shape, dtype }: Expected, tensor: Described | undefined): Difference[] {
  if (tensor === undefined) return [{ kind: "missing", name }];
  const differences: Difference[] = [];
  const [found, expected] = [textOf(tensor.shape), textOf(shape)];
  if (found !== expected) differences.push({ kind: "shape", name, found, expected });
  if (dtype !== undefined && dtype !== tensor.dtype)
    differences.push({ kind: "dtype", name, found: tensor.dtype ?? "unknown", expected: dtype });
  return differences;
}

const textOf = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/** The first differences in words. */
export function differenceWords(differences: readonly Difference[]): string {
  const extra = differences.filter(({ kind }) => kind === "extra").map(({ name }) => name);
  const shown = differences.slice(0, MOST.values).map((each) => describe(each, extra));
  return shown.join(", ") + (differences.length > MOST.values ? `, … ${differences.length} in all` : "");
}

function describe(difference: Difference, extra: readonly string[]): string {
  const name = quote(difference.name);
  if (difference.kind === "missing")
    return extra.includes(difference.name)
      ? `${name} holds no numbers with a fraction`
      : `${name} is missing${hint(nearestName(difference.name, extra))}`;
  if (difference.kind === "extra") return `${name} is not expected`;
  return `${name} has ${difference.kind} ${cut(difference.found)}, expected ${cut(difference.expected)}`;
}

const hint = (similar: string | undefined): string => (similar === undefined ? "" : ` (there is ${quote(similar)})`);
