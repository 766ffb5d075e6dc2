import type { Examples } from "../src/data/index.ts";
import { add, concat, div, type Expr, exp, matmul, mul, pow, slice, softplus, sub, sum } from "../src/expr/index.ts";
import { Random } from "../src/index.ts";
import { functionModel, initializers, type Loss, type Model, type Parameter } from "../src/nn/index.ts";

/** The sizes of an autoencoder: values in an example, hidden units on either side, and latent variables in the middle. */
export interface AutoencoderSizes {
  readonly pixels: number;
  readonly hidden: number;
  readonly latents: number;
}

type Weights = Readonly<Record<string, Expr>>;

/**
 * The variational autoencoder of Kingma & Welling 2014 (appendix C), with one hidden layer of softplus units in encoder and
 * decoder, as in Kingma & Ba 2015, section 6.4. Its inputs are pixels and, beside them, the standard normal values ε of
 * the reparametrisation z = μ + σ·ε; its outputs are the pixels' logits, μ and log σ².
 */
export function variationalAutoencoder(sizes: AutoencoderSizes): Model {
  const { pixels, hidden, latents } = sizes;
  const apply = (weights: Weights, layer: string, x: Expr): Expr =>
    add(matmul(x, weights[`${layer}_weight`]), weights[`${layer}_bias`]);
  return functionModel({
    name: `vae:${pixels}-${hidden}-${latents}`,
    inputShape: [pixels + latents],
    parameters: [
      ...affine("encoder", pixels, hidden),
      ...affine("code", hidden, 2 * latents),
      ...affine("decoder", latents, hidden),
      ...affine("pixels", hidden, pixels),
    ],
    loss: negativeBound(sizes),
    predict: (weights, inputs) => {
      const [x, noise] = columns(inputs, [pixels, latents]);
      const h = softplus(apply(weights, "encoder", x));
      const code = apply(weights, "code", h);
      const [mean, logVariance] = columns(code, [latents, latents]);
      const z = add(mean, mul(exp(mul(0.5, logVariance)), noise));
      const logits = apply(weights, "pixels", softplus(apply(weights, "decoder", z)));
      return concat([logits, code], { axis: 1 });
    },
  });
}

const affine = (layer: string, inputs: number, outputs: number): Parameter[] => [
  { name: `${layer}_weight`, shape: [inputs, outputs], initialize: initializers.glorotUniform },
  { name: `${layer}_bias`, shape: [outputs], initialize: initializers.zeros },
];

/**
 * The negative variational bound, in nats per example: the cross-entropy of the pixels, from 0 to 1, and the divergence of
 * N(μ, σ²) from N(0, 1), ½·Σ(μ² + σ² − log σ² − 1) (Kingma & Welling 2014, eq. 10).
 */
const negativeBound = ({ pixels, latents }: AutoencoderSizes): Loss => ({
  name: "negative variational bound",
  value: (outputs, targets) => {
    const [logits, mean, logVariance] = columns(outputs, [pixels, latents, latents]);
    const crossEntropy = sum(sub(softplus(logits), mul(targets, logits)));
    const divergence = mul(0.5, sum(sub(add(pow(mean, 2), exp(logVariance)), add(logVariance, 1))));
    return div(add(crossEntropy, divergence), outputs.shape[0]);
  },
});

/** A matrix cut into blocks of these widths. */
function columns(matrix: Expr, widths: readonly number[]): Expr[] {
  const [rows] = matrix.shape;
  let from = 0;
  return widths.map((width) => {
    from += width;
    return slice(matrix, { starts: [0, from - width], ends: [rows, from] });
  });
}

/**
 * The examples of each epoch for an autoencoder: inputs as pixels from 0 to 1, which are the targets as well, and beside
 * them noise that is drawn anew for each epoch. All epochs share one array: the examples are those of the last call.
 */
export function autoencoding({ count, inputs }: Examples, { pixels, latents }: AutoencoderSizes, epochs: number) {
  const targets = brightness(inputs);
  const width = pixels + latents;
  const rows = new Float32Array(count * width);
  for (let i = 0; i < count; i++) rows.set(targets.subarray(i * pixels, (i + 1) * pixels), i * width);
  const random = new Random(1, "latents");
  const noise = Array.from({ length: epochs }, (_, epoch) => normals(random.fork(epoch), count * latents));
  return (epoch: number): Examples => {
    for (let i = 0; i < count; i++) rows.set(noise[epoch].subarray(i * latents, (i + 1) * latents), i * width + pixels);
    return { count, inputs: rows, targets };
  };
}

const normals = (random: Random, count: number): Float32Array =>
  Float32Array.from({ length: count }, () => random.normal());

/** Values shifted and scaled to lie from 0 to 1. */
function brightness(inputs: Examples["inputs"]): Float32Array {
  const x = Float32Array.from(inputs);
  const low = x.reduce((least, value) => Math.min(least, value));
  const range = x.reduce((most, value) => Math.max(most, value)) - low;
  return x.map((value) => (value - low) / (range || 1));
}
