/**
 * Losses that large residuals affect less than squares do: the fit minimizes C²·Σ ρ(z) with z = (r/C)², as SciPy's
 * `least_squares` does with `f_scale` C.
 *
 * - linear: ρ = z, the sum of squares
 * - huber: ρ = z up to z = 1, then 2√z − 1
 * - soft-l1: ρ = 2(√(1 + z) − 1)
 * - cauchy: ρ = ln(1 + z)
 */
export const robustLosses = ["linear", "huber", "soft-l1", "cauchy"] as const;
/** The name of a loss that a fit can minimize. */
export type RobustLoss = (typeof robustLosses)[number];

interface Rho {
  /** ρ(z)/z, 1 at z = 0. */
  readonly ratio: (z: number) => number;
  /** ρ′(z). */
  readonly slope: (z: number) => number;
  /** ρ′ + 2zρ″: the curvature of the loss along a residual. */
  readonly curvature: (z: number) => number;
}

const one = (): number => 1;

export const rhos: Readonly<Record<RobustLoss, Rho>> = {
  linear: { ratio: one, slope: one, curvature: one },
  huber: {
    ratio: (z) => (z <= 1 ? 1 : (2 * Math.sqrt(z) - 1) / z),
    slope: (z) => (z <= 1 ? 1 : 1 / Math.sqrt(z)),
    curvature: (z) => (z <= 1 ? 1 : 0),
  },
  "soft-l1": {
    ratio: (z) => 2 / (Math.sqrt(1 + z) + 1),
    slope: (z) => 1 / Math.sqrt(1 + z),
    curvature: (z) => (1 + z) ** -1.5,
  },
  cauchy: {
    ratio: (z) => (z === 0 ? 1 : Math.log1p(z) / z),
    slope: (z) => 1 / (1 + z),
    curvature: (z) => (1 - z) / (1 + z) ** 2,
  },
};
