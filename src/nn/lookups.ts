import { evaluate, input, sizeOf, type Vector } from "../expr/index.ts";
import { mul } from "../expr/operators/index.ts";
import { Random } from "../random/index.ts";
import type { Layer, Parameter } from "./layer-kind.ts";

/** The layers that look rows up by the inputs of a chain: first in it, or in layers that are first. */
export function lookupsIn(chain: readonly Layer[]): Layer[] {
  const first = chain.find(({ role }) => role.kind !== "identity");
  if (first?.role.kind === "nested") return first.role.chains.flatMap(lookupsIn);
  return first?.role.kind === "indices" ? [first] : [];
}

/**
 * Throws a RangeError where a layer looks rows up by the outputs of another, and these are not whole numbers: those of dense layers,
 * normalisations and the like.
 */
export function checkLookups(layers: readonly Layer[]): void {
  for (const [i, layer] of layers.entries()) {
    if (lookupsIn([layer]).length === 0) continue;
    const fault = faultIn(layers.slice(0, i));
    if (fault !== undefined) throw new RangeError(`${wordsFor(layer)} takes whole numbers, but ${fault}`);
  }
}

const wordsFor = ({ name, builder }: Layer): string => `${name} (${builder.kind.kind})`;

/** What is wrong with the outputs of a chain as indices. */
function faultIn(chain: readonly Layer[]): string | undefined {
  const last = chain.findLastIndex(({ role }) => role.kind !== "identity");
  const random = chain.slice(last + 1).find(usesMasks);
  if (random !== undefined) return `${wordsFor(random)} changes them in training; put it behind`;
  const odd = last < 0 ? undefined : trial(chain[last]).find((value) => !Number.isInteger(value));
  if (odd === undefined) return undefined;
  return `${wordsFor(chain[last])} gives numbers such as ${Number(odd.toPrecision(3))}; put the lookup first in the net`;
}

function usesMasks(layer: Layer): boolean {
  let used = false;
  const x = input("x", [1, ...layer.inputShape]);
  const mask = () => {
    used = true;
    return x;
  };
  layer.forward({}, {}, x, { training: true, mask });
  return used;
}

/** What a layer with random weights makes of whole numbers. */
function trial(layer: Layer): Vector {
  const random = new Random(1, "lookups");
  const shape = [2, ...layer.inputShape];
  const x = input("x", shape);
  const tensors = [...layer.parameters, ...layer.state];
  const inputs = Object.fromEntries(tensors.map((tensor) => [tensor.name, input(tensor.name, tensor.shape)]));
  const { outputs } = layer.forward(inputs, inputs, x, { training: false, mask: () => mul(x, 1) });
  const normal = ({ shape }: Parameter) => Array.from({ length: sizeOf(shape) }, () => random.normal());
  const values = Object.fromEntries(tensors.map((tensor) => [tensor.name, normal(tensor)]));
  const wholeNumbers = Array.from({ length: sizeOf(shape) }, (_, i) => i);
  return evaluate([outputs], { ...values, x: wholeNumbers })[0].data;
}
