import { sizeOf } from "../expr/index.ts";
import { layersOf, type Model } from "./model.ts";

/** An input that is no index, where a net looks rows up by its inputs. */
export interface StrayIndex {
  /** The example, from 0. */
  readonly example: number;
  /** What the net takes, and what it was given. */
  readonly problem: string;
}

/**
 * The first input that is no index, for a net that looks rows up by its inputs, as an embedding does; undefined if there is none, and for other
 * nets.
 *
 * @param inputs examples one after the other
 */
export function strayIndex(model: Model, inputs: ArrayLike<number>): StrayIndex | undefined {
  const first = layersOf(model)?.find(({ role }) => role.kind !== "identity");
  if (first?.role.kind !== "indices") return undefined;
  const { count } = first.role;
  for (let i = 0; i < inputs.length; i++)
    if (!(Number.isInteger(inputs[i]) && inputs[i] >= 0 && inputs[i] < count))
      return {
        example: Math.floor(i / sizeOf(model.inputShape)),
        problem: `input ${(i % sizeOf(model.inputShape)) + 1} is ${inputs[i]}, but ${first.name} (${first.builder.kind.kind}) takes whole numbers from 0 to ${count - 1}`,
      };
  return undefined;
}
