import { isOptions, quote, quoteValue } from "../arguments/index.ts";
import type { Layer, LayerBuilder } from "./layer.ts";
import type { Registry } from "./registry.ts";
import { ownName, unknownPart } from "./unknown-part.ts";

/** A layer in JSON: its kind, and its options that differ from the defaults. */
export interface LayerData {
  /** The name of the layer's kind in the registry, such as "dense". */
  readonly kind: string;
  readonly [option: string]: unknown;
}

/** The layer that plain data describe; `i` is its index in the net, from 0. Throws if they describe none. */
export function readLayer(given: unknown, i: number, registry: Registry): LayerBuilder {
  if (!isOptions(given) || !("kind" in given) || typeof given.kind !== "string")
    throw new TypeError(`layer ${i + 1} is ${quoteValue(given)}; give one such as { "kind": "dense", "units": 64 }`);
  const { kind, ...options } = given;
  if (!Object.hasOwn(registry.layers, kind)) throw unknownPart(`layer ${i + 1}: kind`, kind, registry.layers);
  return inPlace(i, () => registry.layers[kind].with(options, registry));
}

/** A layer as plain data. Throws a TypeError if its kind, or a function in its options, has no name. */
export function writeLayer({ builder }: Layer, i: number, registry: Registry): LayerData {
  const entry = Object.entries(registry.layers).find(([, kind]) => kind === builder.kind);
  if (entry === undefined)
    throw new TypeError(
      `layer ${i + 1} is of your own kind ${builder.kind.kind}, which JSON has no name for; give it one: registry.with({ layers: { ${quote(ownName(builder.kind.kind, registry.layers, "my-kind"))}: … } })`,
    );
  return { kind: entry[0], ...inPlace(i, () => builder.plain(registry)) };
}

/** Adds to an error which layer it is about. */
function inPlace<T>(i: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError) throw new TypeError(`layer ${i + 1}: ${error.message}`, { cause: error });
    if (error instanceof RangeError) throw new RangeError(`layer ${i + 1}: ${error.message}`, { cause: error });
    throw error;
  }
}
