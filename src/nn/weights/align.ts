import { type Difference, differencesOf } from "../../files/safetensors/index.ts";
import type { Parameter } from "../layer.ts";
import type { FoundTensor, FoundTensors } from "./found-tensors.ts";
import { inNaturalOrder, isNumbered, localName, moduleOf } from "./module-names.ts";

/** A model's tensor, and the file's that it takes its values from. */
export interface Pair {
  readonly to: Parameter;
  readonly from: FoundTensor;
  /** Whether `from` is stored as the transpose. */
  readonly isTransposed: boolean;
}

/** How a model's tensors and a file's belong together. */
export interface Alignment {
  readonly by: "name" | "order";
  readonly pairs: readonly Pair[];
  /** What does not fit, by the model's names, and the file's for unexpected tensors. */
  readonly differences: readonly Difference[];
}

/**
 * Finds for each tensor of a model the one of a file: by name, where a point is as good as a _, or else, if no name fits, in the order
 * of the layers. Then the file's tensors must have that order: that of an ONNX graph, or of numbers in their names, such as
 * `0.weight` and `2.weight`, or by shapes that leave no choice. Undefined if there is none.
 *
 * A matrix may be stored as its transpose, [outputs, inputs], as PyTorch does. The file's graph says so, or the shapes of those that
 * are not square, which must agree.
 */
export function align(tensors: readonly Parameter[], found: FoundTensors): Alignment | undefined {
  const named = byName(tensors, [...found.constants, ...found.tensors]);
  const from = named ?? byOrder(tensors, found);
  if (from === undefined) return undefined;
  const matched = tensors.flatMap((to): (readonly [Parameter, FoundTensor])[] => {
    const tensor = from.get(to.name);
    return tensor === undefined ? [] : [[to, tensor]];
  });
  const isTransposed = orientation(matched);
  if (isTransposed === undefined) return undefined;
  const pairs = matched.map(([to, tensor]) => ({ to, from: tensor, isTransposed: isTransposed(tensor) }));
  const taken = new Set(pairs.map((pair) => pair.from));
  const kept = new Map(pairs.map((pair) => [pair.to.name, { shape: shapeOf(pair) }]));
  const extra = [...found.tensors.filter((tensor) => !taken.has(tensor)).map(({ name }) => name), ...found.others];
  return {
    by: named === undefined ? "order" : "name",
    pairs: pairs.filter((pair) => sameShape(shapeOf(pair), pair.to.shape)),
    differences: [...differencesOf(tensors, kept), ...extra.map((name): Difference => ({ kind: "extra", name }))],
  };
}

/** The file's tensors by the model's names; undefined if no name is the same. */
function byName(
  tensors: readonly Parameter[],
  found: readonly FoundTensor[],
): ReadonlyMap<string, FoundTensor> | undefined {
  const byLocal = new Map(found.map((tensor) => [localName(tensor.name), tensor]));
  const pairs = tensors.flatMap(({ name }): (readonly [string, FoundTensor])[] => {
    const tensor = byLocal.get(localName(name));
    return tensor === undefined ? [] : [[name, tensor]];
  });
  return pairs.length === 0 ? undefined : new Map(pairs);
}

/** Tensors of one layer: the matrix first, then the others. */
type Module<T> = readonly T[];

function byOrder(tensors: readonly Parameter[], found: FoundTensors): ReadonlyMap<string, FoundTensor> | undefined {
  const wanted = modulesOf(tensors);
  const ordered = found.isInOrder ? modulesInARow(found.tensors) : modulesInOrder(wanted, modulesOf(found.tensors));
  if (ordered === undefined || ordered.length !== wanted.length) return undefined;
  const pairs = wanted.flatMap((module, i) =>
    module.flatMap((to, k): (readonly [string, FoundTensor])[] => (ordered[i][k] ? [[to.name, ordered[i][k]]] : [])),
  );
  return new Map(pairs);
}

/** By the numbers in their names, or else by their shapes. */
function modulesInOrder(
  wanted: readonly Module<Parameter>[],
  given: readonly Module<FoundTensor>[],
): readonly Module<FoundTensor>[] | undefined {
  const names = given.map(([{ name }]) => moduleOf(name));
  return isNumbered(names) ? inNaturalOrder(given, names) : byShape(wanted, given);
}

/** Each matrix with what follows it. */
function modulesInARow(tensors: readonly FoundTensor[]): Module<FoundTensor>[] {
  const modules: FoundTensor[][] = [];
  for (const tensor of tensors) {
    const last = modules.at(-1);
    if (last === undefined || tensor.shape.length > 1) modules.push([tensor]);
    else last.push(tensor);
  }
  return modules;
}

/** Tensors by the layer in their names, in the order in which these first come. */
function modulesOf<T extends { readonly name: string; readonly shape: readonly number[] }>(
  tensors: readonly T[],
): Module<T>[] {
  const modules = new Map<string, T[]>();
  for (const tensor of tensors) {
    const name = moduleOf(tensor.name);
    const known = modules.get(name);
    if (known === undefined) modules.set(name, [tensor]);
    else known.push(tensor);
  }
  return [...modules.values()].map((module) => module.toSorted((a, b) => b.shape.length - a.shape.length));
}

/** For each wanted module the only one with its shapes, transposed or not; undefined if there is another, or none. */
function byShape(
  wanted: readonly Module<Parameter>[],
  given: readonly Module<FoundTensor>[],
): Module<FoundTensor>[] | undefined {
  const chosen = wanted.map((module) => given.filter((other) => fits(module, other)));
  if (chosen.some(({ length }) => length !== 1)) return undefined;
  const modules = chosen.flat();
  return new Set(modules).size === modules.length ? modules : undefined;
}

const fits = (module: Module<Parameter>, other: Module<FoundTensor>): boolean =>
  module.length === other.length &&
  module.every(({ shape }, i) => sameShape(shape, other[i].shape) || sameShape(shape, other[i].shape.toReversed()));

const sameShape = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();

/** A pair's shape, as the model has it. */
const shapeOf = ({ from, isTransposed }: Pair): readonly number[] =>
  isTransposed ? from.shape.toReversed() : from.shape;

/** Which of a file's tensors are transposed; undefined where that is not clear. */
function orientation(
  pairs: readonly (readonly [Parameter, FoundTensor])[],
): ((tensor: FoundTensor) => boolean) | undefined {
  const matrices = pairs.filter(([to, from]) => to.shape.length === 2 && from.shape.length === 2);
  const shown = matrices.flatMap(([to, from]) => {
    const [rows, columns] = from.shape;
    if (from.isTransposed !== undefined || rows === columns) return [];
    if (sameShape(to.shape, from.shape)) return [false];
    return sameShape(to.shape, from.shape.toReversed()) ? [true] : [];
  });
  const isUnsaid = matrices.some(([, from]) => from.isTransposed === undefined);
  // A model's own names are those that it is saved by.
  const own = matrices.every(([to, from]) => to.name === from.name);
  const isClear = own || !isUnsaid || (shown.length > 0 && shown.every((each) => each === shown[0]));
  if (!isClear) return undefined;
  const usual = !own && shown[0] === true;
  return (tensor) => tensor.shape.length === 2 && (tensor.isTransposed ?? usual);
}
