import { quote } from "../arguments/index.ts";
import { sizeOf } from "../expr/index.ts";
import type { Layer } from "./layer-kind.ts";
import { lookupsIn } from "./lookups.ts";
import { layersOf, type Model } from "./model.ts";

/** An input that is no index, where a net looks rows up by its inputs. */
export interface StrayIndex {
  /** The example, counted from 0. */
  readonly example: number;
  /** What the net takes, and what it was given. */
  readonly problem: string;
  /** Where all inputs are whole numbers from 0: the largest, and the layer that takes it, as a model's text has it. */
  readonly larger?: { readonly code: number; readonly layer: string };
}

/**
 * The first input that is no index, for a net that looks rows up by its inputs, as an embedding does; undefined if there is none, and for other
 * nets.
 *
 * @param inputs examples one after the other
 * @param names the inputs' names, where they have some
 */
export function strayIndex(
  model: Model,
  inputs: ArrayLike<number>,
  names: readonly string[] = [],
): StrayIndex | undefined {
  for (const layer of lookupsIn(layersOf(model) ?? [])) {
    const stray = strayFor(layer, inputs, sizeOf(model.inputShape), names);
    if (stray !== undefined) return stray;
  }
  return undefined;
}

function strayFor(
  { name: layer, builder, role }: Layer,
  inputs: ArrayLike<number>,
  size: number,
  names: readonly string[],
): StrayIndex | undefined {
  if (role.kind !== "indices") return undefined;
  const { count, larger } = role;
  for (let i = 0; i < inputs.length; i++) {
    if (isCode(inputs[i]) && inputs[i] < count) continue;
    const name = names[i % size];
    const code = largestCode(inputs);
    return {
      example: Math.floor(i / size),
      problem: `input ${(i % size) + 1}${name ? ` (${quote(name)})` : ""} is ${inputs[i]}, but ${layer} (${builder.kind.kind}) takes whole numbers from 0 to ${count - 1}`,
      ...(code !== undefined && { larger: { code, layer: larger(code + 1) } }),
    };
  }
  return undefined;
}

const isCode = (value: number): boolean => Number.isInteger(value) && value >= 0;

/** Undefined where some number is no code. */
function largestCode(inputs: ArrayLike<number>): number | undefined {
  let largest = 0;
  for (let i = 0; i < inputs.length; i++) {
    if (!isCode(inputs[i])) return undefined;
    largest = Math.max(largest, inputs[i]);
  }
  return largest;
}
