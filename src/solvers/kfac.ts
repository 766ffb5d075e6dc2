import { cholesky, choleskySolve } from "../linalg/index.ts";
import type { KroneckerFactor } from "../objective/index.ts";
import { armijo } from "./search/armijo.ts";
import { adaptDamping, type Damping, dampingFrom, keepDirection } from "./search/damping.ts";
import { type Direction, descent } from "./search/descent.ts";
import { solver } from "./solver.ts";
import { checkSettings, fraction, positive } from "./solver-settings.ts";

const settings = { damping: 0.1, decay: 0.9 };

interface Memory extends Damping {
  /** Averages over the steps; empty before the first. */
  layers: readonly KroneckerFactor[];
}

/**
 * The natural gradient, with the Fisher matrix of each dense layer approximated by a Kronecker product A ⊗ S of two small
 * matrices: the second moments of the layer's inputs and of the gradients at its outputs.
 *
 *     D = −(A + π√λ·I)⁻¹ · G · (S + √λ/π·I)⁻¹,   π² = (tr A / rows A) / (tr S / rows S)
 *
 * with G the gradient by the layer's weights and biases. Martens & Grosse 2015, Optimizing neural networks with
 * Kronecker-factored approximate curvature. The factors are averaged over the steps with weight `decay`; λ adapts itself.
 */
export function kfacDirection(options: { readonly damping?: number; readonly decay?: number } = {}): Direction<Memory> {
  const allowed = { damping: positive, decay: fraction };
  const { damping, decay } = checkSettings("K-FAC", settings, options, allowed);
  return {
    name: "K-FAC",
    needsOneOf: ["kroneckerFactors"],
    resumes: "as before",
    init: ({ dimension }) => ({ ...dampingFrom(damping, dimension), layers: [] }),
    *direction(f, memory, here, d) {
      const fresh = yield* f.kroneckerFactors(here.x);
      memory.layers = memory.layers.length === 0 ? fresh : mixFactors(memory.layers, fresh, decay);
      for (const layer of memory.layers) solveLayer(layer, Math.sqrt(memory.damping), here.g, d);
      keepDirection(memory, here, d);
      return undefined;
    },
    scaled: () => true,
    learn: adaptDamping,
  };
}

function mixFactors(
  old: readonly KroneckerFactor[],
  fresh: readonly KroneckerFactor[],
  decay: number,
): readonly KroneckerFactor[] {
  const mix = (a: Float64Array, b: Float64Array): Float64Array => a.map((x, i) => decay * x + (1 - decay) * b[i]);
  return fresh.map((layer, k) => ({ ...layer, a: mix(old[k].a, layer.a), s: mix(old[k].s, layer.s) }));
}

/** Writes one layer's block of d. */
function solveLayer(layer: KroneckerFactor, rootOfDamping: number, g: Float64Array, d: Float64Array): void {
  const { inputs, units, weights, biases, a, s } = layer;
  const rows = biases === undefined ? inputs : inputs + 1;
  const ratio = Math.sqrt(meanOfDiagonal(a, rows) / meanOfDiagonal(s, units));
  const pi = ratio > 0 && ratio < Number.POSITIVE_INFINITY ? ratio : 1;
  const [left, right] = [dampedCholesky(a, rows, pi * rootOfDamping), dampedCholesky(s, units, rootOfDamping / pi)];
  // Where each row of the layer's matrix starts: an input's weights, or the biases.
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

/** The Cholesky factor of a + shift·I; the shift grows until the factor exists. */
function dampedCholesky(a: Float64Array, n: number, shift: number): Float64Array {
  for (let more = shift; Number.isFinite(more); more *= 10) {
    const made = a.slice();
    for (let i = 0; i < n; i++) made[i * n + i] += more;
    const factor = cholesky(made, n);
    if (factor !== null) return factor;
  }
  throw new RangeError("a Kronecker factor is not finite; start elsewhere, or raise the damping");
}

/**
 * For nets of dense layers: the natural gradient, with each layer's Fisher matrix approximated by the Kronecker product of
 * two small matrices, one from its inputs and one from the gradients with respect to its outputs.
 */
export const kfac = solver(
  {
    name: "kfac",
    title: "K-FAC: natural gradient with Kronecker factors",
    formula: "D = −(A + π√λI)⁻¹G(S + √λ/π·I)⁻¹ for each dense layer",
    symbols:
      "A is the second moment of the layer's inputs, S that of the gradients with respect to its outputs, G the weights' gradient, D their step; π balances the two factors",
    source: "Martens & Grosse 2015, Optimizing neural networks with Kronecker-factored approximate curvature",
    settings,
    meanings: {
      damping: "λ at the start; it adapts itself",
      decay: "the weight of the old factors in their running averages",
    },
    allowed: { damping: positive },
  },
  (given) => descent({ direction: kfacDirection(given), stepLength: armijo() }),
);
