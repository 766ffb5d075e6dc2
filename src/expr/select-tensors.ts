import { quoteValue, unknownName } from "../arguments/index.ts";
import type { Layout, TensorPlace } from "./layout.ts";

/** The word for all tensors with at most one axis: biases, and the scales and offsets of normalisation. */
export const BIASES = "biases";

/**
 * The tensors that a name stands for: the one of this name (`layer1_bias`), all of a layer (`layer1`: those whose names begin with
 * `layer1_`), or the biases. Throws a RangeError with the nearest name if there are none, and a TypeError for anything but a text.
 *
 * @param what begins the message, such as "freeze: layer or parameter"
 */
export function selectTensors(what: string, name: string, layout: Layout): readonly TensorPlace[] {
  if (typeof name !== "string") throw new TypeError(`${what} is ${quoteValue(name)}; give its name, such as layer1`);
  const found = layout.filter((tensor) => tensor.name === name || tensor.name.startsWith(`${name}_`));
  if (found.length > 0) return found;
  const biases = layout.filter(({ shape }) => shape.length < 2);
  if (name === BIASES && biases.length > 0) return biases;
  throw new RangeError(unknownName(what, name, [...selections(layout), ...(biases.length > 0 ? [BIASES] : [])]));
}

/** All names that stand for tensors: layers, that is the beginnings of names up to a `_`, and the tensors' own. */
function selections(layout: Layout): string[] {
  const names = layout.map(({ name }) => name);
  const layers = names.flatMap((name) => [...name.matchAll(/_/g)].map(({ index }) => name.slice(0, index)));
  return [...new Set([...layers.filter((layer) => layer !== ""), ...names])];
}
