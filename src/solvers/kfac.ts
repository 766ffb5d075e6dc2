import { cholesky, choleskySolve } from "../linalg/index.ts";
import type { KroneckerFactor } from "../objective/index.ts";
import { armijo } from "./search/armijo.ts";
import { adapt, type Damping, dampingFrom, follow } from "./search/damping.ts";
import { type Direction, descent } from "./search/descent.ts";
import { checkSettings, fraction, positive } from "./settings.ts";
import { solver } from "./solver.ts";

const settings = { damping: 0.1, decay: 0.9 };

interface Memory extends Damping {
  /** Averages over the steps; none before the first. */
  layers: readonly KroneckerFactor[];
}

/**
 * The natural gradient with the Fisher matrix of each dense layer taken for a Kronecker product A ⊗ S of two small
 * matrices, the mean squares of the layer's inputs and of the slopes behind it:
 *
 *     D = −(A + π√λ·I)⁻¹ · G · (S + √λ/π·I)⁻¹,   π² = (tr A / rows A) / (tr S / rows S)
 *
 * with G the gradient by the layer's weights and biases. Martens & Grosse 2015, Optimizing neural networks with
 * Kronecker-factored approximate curvature. The factors are averaged over the steps with weight `decay`; λ adapts itself.
 */
export function factored(options: { readonly damping?: number; readonly decay?: number } = {}): Direction<Memory> {
  const allowed = { damping: positive, decay: fraction };
  const { damping, decay } = checkSettings("K-FAC", settings, options, allowed);
  return {
    name: "K-FAC",
    needsOneOf: ["kroneckerFactors"],
    resumes: "as before",
    init: ({ dimension }) => ({ ...dampingFrom(damping, dimension), layers: [] }),
    *direction(f, memory, here, d) {
      const fresh = yield* f.kroneckerFactors(here.x);
      memory.layers = memory.layers.length === 0 ? fresh : averaged(memory.layers, fresh, decay);
      for (const layer of memory.layers) solveLayer(layer, Math.sqrt(memory.damping), here.g, d);
      follow(memory, here, d);
      return undefined;
    },
    scaled: () => true,
    learn: adapt,
  };
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

/**
 * For nets of dense layers: the natural gradient, with each layer's Fisher matrix approximated by a product of two small
 * ones, of its inputs and of its gradients.
 */
export const kfac = solver(
  {
    name: "kfac",
    title: "K-FAC: natural gradient with Kronecker factors",
    formula: "D = −(A + π√λI)⁻¹G(S + √λ/π·I)⁻¹ for each dense layer",
    source: "Martens & Grosse 2015, Optimizing neural networks with Kronecker-factored approximate curvature",
    settings,
    allowed: { damping: positive },
  },
  (given) => descent({ direction: factored(given), stepLength: armijo() }),
);
