import { constant, type Expr, input, vjp } from "../../expr/index.ts";
import { concat, div, matmul, mul, reshape } from "../../expr/operators/index.ts";
import { type DenseBlock, type Loss, losses, statementOf } from "../../nn/index.ts";
import { NOISE } from "./pass.ts";

export const factorNames = (layer: number): readonly [a: string, s: string] => [
  `inputs_of_layer_${layer}`,
  `slopes_of_layer_${layer}`,
];

/**
 * The Kronecker factors of a batch: for each dense layer the mean of aaᵀ over its inputs a, and of ggᵀ over the gradients g
 * at its outputs; with weights of mean 1, of w·aaᵀ and w·ggᵀ, the expectations where examples are drawn by their weights. Throws a TypeError if the loss does not define its Fisher matrix.
 */
export function factorProgram(
  outputs: Expr,
  loss: Loss,
  layers: readonly DenseBlock[],
  weights?: Expr,
): Record<string, Expr> {
  const sampled = statementOf(loss)?.sampledSlopes ?? null;
  if (sampled === null) {
    const known = Object.values(losses).map(({ name }) => name);
    throw new TypeError(
      `K-FAC needs the Fisher matrix of the loss, which ${loss.name} does not define; losses that do: ${known.join(", ")}`,
    );
  }
  const noise = input(NOISE, outputs.shape, outputs.dtype);
  const back = vjp(
    outputs,
    sampled(outputs, noise),
    layers.map(({ sums }) => sums),
  );
  const factors = layers.flatMap(({ activations, hasBiases }, i): [string, Expr][] => {
    const [a, s] = factorNames(i);
    return [
      [a, meanSquare(hasBiases ? withOnes(activations) : activations, weights)],
      [s, meanSquare(back[i], weights)],
    ];
  });
  return Object.fromEntries(factors);
}

const withOnes = (x: Expr): Expr =>
  concat([x, constant(new Float64Array(x.shape[0]).fill(1), x.dtype, [x.shape[0], 1])], { axis: 1 });

/** The mean of xxᵀ, or w·xxᵀ, over the rows x of a batch. */
const meanSquare = (x: Expr, weights?: Expr): Expr =>
  div(matmul(x, weights ? mul(x, reshape(weights, [x.shape[0], 1])) : x, { transposeA: true }), x.shape[0]);
