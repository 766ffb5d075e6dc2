import type { Expr, Shape } from "../expr/index.ts";
import type { InputNeed, Layer, LayerBuilder, Parameter, Pass, Passed, Tensors } from "./layer-kind.ts";
import { checkLookups } from "./lookups.ts";

/** Layers in sequence: each one's outputs are the next one's inputs. */
export interface LayerChain {
  readonly layers: readonly Layer[];
  /** The shape of one example's outputs. */
  readonly outputShape: Shape;
  readonly parameters: readonly Parameter[];
  readonly state: readonly Parameter[];
  /** From x, [batch, ...inputShape], to the outputs and the new state. */
  forward(w: Tensors, state: Tensors, x: Expr, pass: Pass): Passed;
}

/**
 * Builds layers one after the other, each for the shape that the one before it gives. Throws a RangeError if they do not fit together.
 *
 * @param word begins the names of the layers: `layer` for layer1, layer2, …
 */
export function chainOf(inputShape: Shape, builders: readonly LayerBuilder[], word = "layer"): LayerChain {
  const layers: Layer[] = [];
  for (const [i, builder] of builders.entries())
    layers.push(builder.build(layers.at(-1)?.outputShape ?? inputShape, `${word}${i + 1}`));
  checkLookups(layers);
  return {
    layers: Object.freeze(layers),
    outputShape: layers.at(-1)?.outputShape ?? inputShape,
    parameters: Object.freeze(layers.flatMap((layer) => layer.parameters)),
    state: Object.freeze(layers.flatMap((layer) => layer.state)),
    forward: (w, state, x, pass) => {
      let passed: Passed = { outputs: x, state: {} };
      for (const layer of layers) {
        const next = layer.forward(w, state, passed.outputs, pass);
        passed = { outputs: next.outputs, state: { ...passed.state, ...next.state } };
      }
      return passed;
    },
  };
}

/** What an example must be for layers in sequence: the first that does not pass it on decides. */
export const needOf = (builders: readonly LayerBuilder[]): InputNeed =>
  builders.find(({ inputs }) => inputs !== "passed on")?.inputs ?? "passed on";
