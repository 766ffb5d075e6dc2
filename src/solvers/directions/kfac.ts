import { cholesky, choleskySolve, dot } from "../../linalg/index.ts";
import type { KroneckerFactor } from "../../objective/objective.ts";
import type { Direction, Guide } from "../descent.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Point } from "../point.ts";
import { checkSettings, fraction, positive } from "../settings.ts";
import { Damping } from "./damping.ts";
import { lengthAlong, promisedBy } from "./natural-gradient.ts";

/**
 * The natural gradient with the Fisher matrix of each dense layer taken for a Kronecker product A ⊗ S of two small
 * matrices, the mean squares of the layer's inputs and of the slopes behind it:
 *
 *     D = −(A + π√λ·I)⁻¹ · G · (S + √λ/π·I)⁻¹,   π² = (tr A / rows A) / (tr S / rows S)
 *
 * with G the gradient by the layer's weights and biases. Martens & Grosse 2015, Optimizing neural networks with
 * Kronecker-factored approximate curvature. The factors are averaged over the steps with weight `decay`; λ adapts itself.
 */
export function kfac(options: { readonly damping?: number; readonly decay?: number } = {}): Direction {
  const defaults = { damping: 0.1, decay: 0.9 };
  const { damping, decay } = checkSettings("K-FAC", defaults, options, { damping: positive, decay: fraction });
  return {
    name: "K-FAC",
    needsOneOf: ["kroneckerFactors"],
    resumes: "as before",
    start: (f) => new Factored(f, damping, decay),
  };
}

class Factored implements Guide {
  readonly #f: Evaluator;
  readonly #damping: Damping;
  readonly #decay: number;
  readonly #d: Float64Array;
  #layers: readonly KroneckerFactor[] = [];
  #slope = 0;

  constructor(f: Evaluator, damping: number, decay: number) {
    this.#f = f;
    this.#damping = new Damping(damping);
    this.#decay = decay;
    this.#d = new Float64Array(f.dimension);
  }

  *direction({ x, g }: Point, d: Float64Array) {
    const fresh = yield* this.#f.kroneckerFactors(x);
    this.#layers = this.#layers.length === 0 ? fresh : averaged(this.#layers, fresh, this.#decay);
    for (const layer of this.#layers) solveLayer(layer, Math.sqrt(this.#damping.value), g, d);
    this.#d.set(d);
    this.#slope = dot(g, d);
    return undefined;
  }

  scaled(): boolean {
    return true;
  }

  learn(from: Point, to: Point): void {
    this.#damping.adapt(from.value - to.value, promisedBy(this.#slope, lengthAlong(from, to, this.#d)));
  }
}

function averaged(
  old: readonly KroneckerFactor[],
  fresh: readonly KroneckerFactor[],
  decay: number,
): readonly KroneckerFactor[] {
  const mix = (a: Float64Array, b: Float64Array): Float64Array => a.map((x, i) => decay * x + (1 - decay) * b[i]);
  return fresh.map((layer, k) => ({ ...layer, a: mix(old[k].a, layer.a), s: mix(old[k].s, layer.s) }));
}

/** One layer's part of d. */
function solveLayer(layer: KroneckerFactor, rootOfDamping: number, g: Float64Array, d: Float64Array): void {
  const { inputs, units, weights, biases, a, s } = layer;
  const rows = biases === undefined ? inputs : inputs + 1;
  const ratio = Math.sqrt(meanOfDiagonal(a, rows) / meanOfDiagonal(s, units));
  const pi = ratio > 0 && ratio < Number.POSITIVE_INFINITY ? ratio : 1;
  const [left, right] = [damped(a, rows, pi * rootOfDamping), damped(s, units, rootOfDamping / pi)];
  // A row of the layer's matrix: an input's weights, or the biases.
  const offsets = Array.from({ length: rows }, (_, i) => (i < inputs ? weights + i * units : (biases ?? 0)));
  for (const offset of offsets) {
    const row = choleskySolve(right, g.slice(offset, offset + units));
    for (let j = 0; j < units; j++) d[offset + j] = -row[j];
  }
  for (let j = 0; j < units; j++) {
    const column = choleskySolve(
      left,
      Float64Array.from(offsets, (offset) => d[offset + j]),
    );
    for (const [i, offset] of offsets.entries()) d[offset + j] = column[i];
  }
}

function meanOfDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[i * n + i];
  return sum / n;
}

/** The Cholesky factor of a + shift·I; more is added until there is one. */
function damped(a: Float64Array, n: number, shift: number): Float64Array {
  for (let more = shift; Number.isFinite(more); more *= 10) {
    const made = a.slice();
    for (let i = 0; i < n; i++) made[i * n + i] += more;
    const factor = cholesky(made, n);
    if (factor !== null) return factor;
  }
  throw new RangeError("a Kronecker factor is not finite");
}
