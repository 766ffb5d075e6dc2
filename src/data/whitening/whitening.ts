import { mix32 } from "../../random/index.ts";

/**
 * Whitening of standardised inputs, by what was measured on a training set: x″ = W·(x′ − m). With W = (C + ε·I)^(−1/2), where C is the
 * covariance of x′, the covariance of x″ is nearly I: each input has the same variance, and they are uncorrelated (ZCA: A. Krizhevsky,
 * Learning Multiple Layers of Features from Tiny Images, 2009, appendix A). Of all such W it is the one that changes the inputs least, so
 * that images remain images.
 *
 * As JSON it is its facts alone: the numbers are kept beside the weights.
 */
export class Whitening {
  readonly method = "zca";
  /** ε: directions with less variance are noise, and are raised less. */
  readonly epsilon: number;
  /** m, n values. */
  readonly mean: Float32Array;
  /** W, n × n, symmetric. */
  readonly matrix: Float32Array;
  /** The same for the same mean and matrix: sixteen hexadecimal digits. */
  readonly fingerprint: string;

  constructor({ epsilon, mean, matrix }: Pick<Whitening, "epsilon" | "mean" | "matrix">) {
    [this.epsilon, this.mean, this.matrix] = [epsilon, mean, matrix];
    this.fingerprint = fingerprintOf([mean, matrix]);
  }

  /** What JSON keeps of it. */
  toJSON(): WhiteningFacts {
    const { method, epsilon, fingerprint } = this;
    return { method, epsilon, fingerprint };
  }
}

/** A whitening without its numbers. */
export type WhiteningFacts = Pick<Whitening, "method" | "epsilon" | "fingerprint">;

/**
 * A whitening with its numbers; undefined stays so.
 *
 * @throws TypeError if the numbers are not there
 */
export function withNumbers(whitening: Whitening | WhiteningFacts | undefined): Whitening | undefined {
  if (whitening === undefined || whitening instanceof Whitening) return whitening;
  throw new TypeError("the net's inputs are whitened, and its matrix is not here; load the net with its weights");
}

function fingerprintOf(vectors: readonly Float32Array[]): string {
  const halves = [1, 2].map((seed) => {
    let hash = mix32(seed);
    for (const vector of vectors) {
      const words = new Uint32Array(vector.buffer, vector.byteOffset, vector.length);
      for (let i = 0; i < words.length; i++) hash = mix32(Math.imul(hash, 31) + words[i]);
    }
    return hash.toString(16).padStart(8, "0");
  });
  return halves.join("");
}
