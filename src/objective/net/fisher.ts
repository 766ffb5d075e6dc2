import { vjp } from "../../expr/grad.ts";
import { constant, type Expr, input } from "../../expr/node.ts";
import { concat, div, matmul, mul, sigmoid, softmax, sqrt, sub, sum } from "../../expr/operators/index.ts";
import { binaryCrossEntropy, type Loss, meanSquaredError, softmaxCrossEntropy } from "../../nn/index.ts";
import type { DenseLayer } from "./dense-layers.ts";
import { NOISE, type Pass } from "./pass.ts";

/**
 * For each loss, from outputs z and noise ε of independent numbers with mean 0 and variance 1: slopes v by the outputs
 * of one example with E[vvᵀ] = the Hessian of its loss by z, which is the Fisher matrix of the distribution that the loss
 * is the −log likelihood of. So nothing need be drawn from that distribution.
 */
const slopes = new Map<Loss, (z: Expr, noise: Expr) => Expr>([
  // diag(p) − ppᵀ = BBᵀ with B = diag(√p) − p√pᵀ
  [
    softmaxCrossEntropy,
    (z, noise) => {
      const p = softmax(z);
      const rooted = mul(sqrt(p), noise);
      return sub(rooted, mul(p, sum(rooted, { axes: 1, keepdims: true })));
    },
  ],
  // p(1 − p), and the mean is over the outputs, too
  [binaryCrossEntropy, (z, noise) => mul(sqrt(div(mul(sigmoid(z), sigmoid(mul(-1, z))), outputsOf(z))), noise)],
  [meanSquaredError, (z, noise) => mul(Math.sqrt(2 / outputsOf(z)), noise)],
]);

const outputsOf = ({ shape }: Expr): number => shape.slice(1).reduce((product, length) => product * length, 1);

export const factorNames = (layer: number): readonly [a: string, s: string] => [
  `inputs_of_layer_${layer}`,
  `slopes_of_layer_${layer}`,
];

/** The Kronecker factors of a batch: for each dense layer the mean of aaᵀ over its inputs and that of ggᵀ over slopes. */
export function factorProgram({ outputs }: Pass, loss: Loss, layers: readonly DenseLayer[]): Record<string, Expr> {
  const sampled = slopes.get(loss);
  if (sampled === undefined) {
    const known = [...slopes.keys()].map(({ name }) => name).join(", ");
    throw new TypeError(`K-FAC does not know the Fisher matrix of ${loss.name}; it knows: ${known}`);
  }
  const noise = input(NOISE, outputs.shape, outputs.dtype);
  const back = vjp(
    outputs,
    sampled(outputs, noise),
    layers.map(({ sums }) => sums),
  );
  const factors = layers.flatMap(({ activations, biases }, i): [string, Expr][] => {
    const [a, s] = factorNames(i);
    return [
      [a, meanSquare(biases === undefined ? activations : withOnes(activations))],
      [s, meanSquare(back[i])],
    ];
  });
  return Object.fromEntries(factors);
}

const withOnes = (x: Expr): Expr =>
  concat([x, constant(new Float64Array(x.shape[0]).fill(1), x.dtype, [x.shape[0], 1])], { axis: 1 });

/** The mean of xxᵀ over the rows x of a batch. */
const meanSquare = (x: Expr): Expr => div(matmul(x, x, { transposeA: true }), x.shape[0]);
