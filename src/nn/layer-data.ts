import { isOptions, quote, quoteValue } from "../arguments/index.ts";
import { inPlace } from "./in-place.ts";
import { isLayerBuilder, type LayerBuilder, type Names } from "./layer-kind.ts";
import { ownName, unknownPart } from "./unknown-part.ts";

/** A layer in JSON: its kind, and its options that differ from the defaults. */
export interface LayerData {
  /** The name of the layer's kind in the registry, such as "dense". */
  readonly kind: string;
  readonly [option: string]: unknown;
}

/**
 * The layer that plain data describe; one that is a layer already is returned as it is. Throws if they describe none.
 *
 * @param where its place in the net or in a layer, such as "layer 1"
 * @param level the number of layers that it is within
 */
export function readLayer(given: unknown, where: string, names: Names, level = 0): LayerBuilder {
  if (isLayerBuilder(given)) return given;
  if (!isOptions(given) || !("kind" in given) || typeof given.kind !== "string")
    throw new TypeError(`${where} is ${quoteValue(given)}; give one such as { "kind": "dense", "units": 64 }`);
  const { kind, ...options } = given;
  const { layers } = names;
  if (layers === undefined)
    throw new TypeError(
      `${where} is plain data, ${quoteValue(given)}; give a layer such as dense(64), or all around it as plain data, too`,
    );
  if (!Object.hasOwn(layers, kind)) throw unknownPart(`${where}: kind`, kind, layers);
  return inPlace(where, () => layers[kind].with(options, names, level));
}

/** A layer as plain data. Throws a TypeError if its kind, or a function in its options, has no name. */
export function writeLayer(builder: LayerBuilder, where: string, names: Names): LayerData {
  const layers = names.layers ?? {};
  const entry = Object.entries(layers).find(([, kind]) => kind === builder.kind);
  if (entry === undefined)
    throw new TypeError(
      `${where} is of your own kind ${builder.kind.kind}, which JSON has no name for; give it one: registry.with({ layers: { ${quote(ownName(builder.kind.kind, layers, "my-kind"))}: … } })`,
    );
  return { kind: entry[0], ...inPlace(where, () => builder.plain(names)) };
}

/** `layer 1`, `shortcut 1`: a place in a list, from its name and an index from 0. */
export const placeIn = (list: string, i: number): string => `${list.replace(/s$/, "")} ${i + 1}`;
