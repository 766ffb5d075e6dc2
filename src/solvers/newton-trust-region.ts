import { measure, type Sizes, sizesFor } from "./search/sizes.ts";
import { type ModelBuilder, trustRegion } from "./search/trust-region.ts";
import { solver, TOLERANCE } from "./solver.ts";
import { type SpectralModel, spectralModel, stepOf } from "./spectral.ts";

/** The first trust radius, as a fraction of the variables' sizes. */
const RADIUS = 0.03;

/**
 * The lowest point of f + gᵀp + ½·pᵀ∇²f·p over ‖Dp‖ ≤ Δ, from the eigenvectors of the Hessian. It leaves saddles even if the gradient has
 * no component along the way down. Moré & Sorensen 1983, Computing a trust region step.
 */
const quadratic: ModelBuilder<Sizes, SpectralModel> = {
  givesGradient: true,
  init: ({ dimension }) => sizesFor(dimension),
  *evaluate(f, _, at) {
    at.value = yield* f.gradient(at.x, at.g);
  },
  *model(f, sizes, { x, g, value }) {
    if (value === Number.POSITIVE_INFINITY) return null;
    const n = g.length;
    const h = new Float64Array(n * n);
    yield* f.hessian(x, h);
    const measured = measure(sizes, x, (i) => Math.abs(g[i] / h[i * n + i]), { follows: false });
    return spectralModel(h, g, measured);
  },
  step: stepOf,
};

/**
 * Newton's method with its quadratic model minimised exactly within a radius that grows where the model is right and
 * shrinks where it is wrong. It escapes saddles.
 */
export const newtonTrustRegion = solver(
  {
    name: "newton-trust-region",
    title: "Newton's method in a trust region",
    formula: "d minimises gᵀd + ½dᵀ∇²f·d over ‖Dd‖ ≤ Δ",
    symbols:
      "∇²f is the Hessian, g the gradient, d the step and Δ the radius; D divides each variable by its size, the largest |xⱼ| so far",
    source: "Moré & Sorensen 1983, Computing a trust region step",
    notes: ["a variable that starts at or near 0 is also measured by |gⱼ/∇²fⱼⱼ|, its own Newton step"],
    settings: {},
    meanings: {},
  },
  () =>
    trustRegion({
      needsOneOf: ["hessian", "hessianProduct"],
      tolerance: TOLERANCE,
      radius: RADIUS,
      builder: quadratic,
    }),
);
