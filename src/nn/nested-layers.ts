import type { Expr, Shape } from "../expr/index.ts";
import type { LayerChain } from "./layer-chain.ts";
import type { Parameter, Plan, Tensor } from "./layer-kind.ts";

/**
 * A layer made of layers: all chains take its inputs, and `join` makes its outputs of theirs. The tensors of the layers become its own,
 * such as layer1_weight.
 */
export function nestedPlan(
  chains: readonly LayerChain[],
  outputShape: Shape,
  join: (x: Expr, outputs: readonly Expr[]) => Expr,
): Plan {
  const layers = chains.flatMap((chain) => chain.layers);
  return {
    outputShape,
    parameters: byName(chains.flatMap(({ parameters }) => parameters)),
    state: byName(chains.flatMap(({ state }) => state)),
    multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
    leastBatch: Math.max(1, ...layers.map((layer) => layer.leastBatch)),
    role: { kind: "nested", chains: chains.map((chain) => chain.layers) },
    forward: (x, w, pass) => {
      const passed = chains.map((chain) => chain.forward(w, pass.state, x, pass));
      return {
        outputs: join(
          x,
          passed.map(({ outputs }) => outputs),
        ),
        state: Object.assign({}, ...passed.map(({ state }) => state)),
      };
    },
  };
}

const byName = (tensors: readonly Parameter[]): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(tensors.map(({ name, shape, initialize }) => [name, { shape, initialize }]));
