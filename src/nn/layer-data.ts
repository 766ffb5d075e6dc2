import { isOptions, quoteValue, unknownName } from "../arguments/index.ts";
import type { Layer, LayerBuilder } from "./layer.ts";
import type { Registry } from "./registry.ts";

/** A layer as JSON holds it: its kind, and its options where they are not the usual ones. */
export interface LayerData {
  readonly kind: string;
  readonly [option: string]: unknown;
}

/** The layer that plain data describe; `i` is its place among others, from 0. Throws where there is none. */
export function readLayer(given: unknown, i: number, registry: Registry): LayerBuilder {
  if (!isOptions(given) || !("kind" in given) || typeof given.kind !== "string")
    throw new TypeError(`layer ${i + 1} is ${quoteValue(given)}; give one such as { "kind": "dense", "units": 64 }`);
  const { kind, ...options } = given;
  if (!Object.hasOwn(registry.layers, kind))
    throw new RangeError(unknownName(`layer ${i + 1}: kind`, kind, Object.keys(registry.layers)));
  return inPlace(i, () => registry.layers[kind].with(options, registry));
}

/** The plain data of a layer. Throws a TypeError where its kind, or a function in its options, has no name. */
export function writeLayer({ builder }: Layer, i: number, registry: Registry): LayerData {
  const entry = Object.entries(registry.layers).find(([, kind]) => kind === builder.kind);
  if (entry === undefined)
    throw new TypeError(
      `layer ${i + 1} is of a kind of your own, ${builder.kind.kind}, which JSON has no name for; give it one: registry.with({ layers: { "my-kind": … } })`,
    );
  return { kind: entry[0], ...inPlace(i, () => builder.plain(registry)) };
}

/** Says of an error which layer it is about. */
function inPlace<T>(i: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError) throw new TypeError(`layer ${i + 1}: ${error.message}`, { cause: error });
    if (error instanceof RangeError) throw new RangeError(`layer ${i + 1}: ${error.message}`, { cause: error });
    throw error;
  }
}
