import { quoteList } from "../arguments/index.ts";
import { type Expr, inOrder, input, type Layout, sizeOf } from "../expr/index.ts";
import type { Activation } from "./activations.ts";
import type { Layer, Tensors } from "./layer.ts";
import { layersOf, layoutOf, type Model } from "./model.ts";

/** A dense layer's place in the vector w of all parameters. */
export interface DensePlace {
  /** The number of inputs. */
  readonly inputs: number;
  /** The number of outputs. */
  readonly units: number;
  /** The offset of its weights in w: [inputs, units], row by row. */
  readonly weights: number;
  /** The offset of its biases in w, one for each unit; undefined if it has none. */
  readonly biases: number | undefined;
}

/** Dense layers in sequence, with nothing between them but element-wise functions. */
export interface DenseChain {
  /** From inputs to outputs. */
  readonly layers: readonly DensePlace[];
  /** The function after each layer but the last. */
  readonly activations: readonly Activation[];
}

/**
 * A model's layers as a chain of dense ones. Throws a TypeError if the model is a custom function, a layer is of another kind, or an
 * activation treats units differently.
 */
export function denseChain(model: Model): DenseChain {
  const layers = layersOf(model) ?? [];
  if (layers.length === 0) throw noChain(model, "it is a function, whose layers are not known");
  const other = layers.find(({ role }) => role.kind !== "dense" && role.kind !== "identity");
  if (other !== undefined) throw noChain(model, `${other.name} is of another kind: ${other.builder.kind.kind}`);
  const dense = layers.flatMap(denseIn);
  for (const { activation, units } of dense.slice(0, -1)) checkAlike(model, activation, units);
  const layout = layoutOf(model);
  return {
    layers: dense.map((each) => placeOf(each, layout)),
    activations: dense.slice(0, -1).map(({ activation }) => activation),
  };
}

/**
 * The places of a model's dense layers, which hold all of its parameters. Throws a RangeError for a parameter that does not belong
 * to a dense layer.
 */
export function densePlaces(model: Model): DensePlace[] {
  const dense = (layersOf(model) ?? []).flatMap(denseIn);
  const known = dense.flatMap(({ layer }) => layer.parameters);
  const other = model.parameters.find(({ name }) => !known.some((each) => each.name === name));
  if (other !== undefined)
    throw new RangeError(
      `K-FAC works with dense layers only; the parameter ${other.name} is not of one: use natural-gradient`,
    );
  const layout = layoutOf(model);
  return dense.map((each) => placeOf(each, layout));
}

/** The values from which a dense layer's Kronecker factors are computed. */
export interface DenseBlock {
  /** x, [batch, inputs]. */
  readonly activations: Expr;
  /** x·W + b, [batch, units]. */
  readonly sums: Expr;
  /** Whether the layer adds biases. */
  readonly hasBiases: boolean;
}

/**
 * A pass without dropout that also returns each dense layer's inputs and sums, in the order of `densePlaces`.
 */
export function passByBlocks(
  model: Model,
  { parameters, state, inputs }: { parameters: Tensors; state: Tensors; inputs: Expr },
): { readonly outputs: Expr; readonly blocks: readonly DenseBlock[] } {
  const mask = (): never => {
    throw new Error(`${model.name}: a mask was asked for outside training`);
  };
  const pass = { training: false, mask };
  const blocks: DenseBlock[] = [];
  const outputs = (layersOf(model) ?? []).reduce((x, layer) => {
    const [dense] = denseIn(layer);
    if (dense === undefined) return layer.forward(parameters, state, x, pass).outputs;
    const sums = dense.sums(x, layer.own(parameters));
    blocks.push({ activations: x, sums, hasBiases: "bias" in layer.own(parameters) });
    return dense.activation(sums);
  }, inputs);
  return { outputs, blocks };
}

interface Dense {
  readonly layer: Layer;
  readonly inputs: number;
  readonly units: number;
  readonly activation: Activation;
  readonly sums: (x: Expr, w: Tensors) => Expr;
}

function denseIn(layer: Layer): Dense[] {
  const { role, inputShape, outputShape } = layer;
  if (role.kind !== "dense") return [];
  return [{ ...role, layer, inputs: sizeOf(inputShape), units: sizeOf(outputShape) }];
}

function placeOf({ layer, inputs, units }: Dense, layout: Layout): DensePlace {
  const offsetOf = (own: string) => layout.find(({ name }) => name === `${layer.name}_${own}`)?.offset;
  const [weights, biases] = [offsetOf("weight"), offsetOf("bias")];
  if (weights === undefined)
    throw new TypeError(`${layer.name}: a dense layer needs a tensor "weight", but this has none`);
  return { inputs, units, weights, biases };
}

/** Any number of examples will do except 1, which could be broadcast. */
const BATCH = 2;

/** A function after a layer must treat all units alike and separately. */
function checkAlike(model: Model, activation: Activation, units: number): void {
  const sums = input("sums", [BATCH, units]);
  for (const node of inOrder([activation(sums)])) {
    const isAlike = node.kind === "apply" ? node.operator.lanes !== null : node === sums || sizeOf(node.shape) === 1;
    if (isAlike) continue;
    const culprit = node.kind === "apply" ? node.operator.name : `a tensor of shape ${quoteList(node.shape)}`;
    throw noChain(model, `${culprit} between two layers may treat units differently`);
  }
}

const noChain = ({ name }: Model, reason: string): TypeError =>
  new TypeError(`${name}: units can change places in a chain of dense layers; ${reason}`);
