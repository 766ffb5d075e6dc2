import { measure, type Sizes, sizesFor } from "./search/sizes.ts";
import { type Modeller, trustRegion } from "./search/trust-region.ts";
import { solver, TOLERANCE } from "./solver.ts";
import { type SpectralModel, spectralModel, stepOf } from "./spectral.ts";

/** The length of a step that is trusted at first, as a part of the numbers' sizes. */
const RADIUS = 0.03;

/**
 * The lowest point of f + gᵀp + ½·pᵀ∇²f·p over ‖p‖ ≤ Δ, from the eigenvectors of the Hessian. It leaves saddles even where the slope is
 * zero along the way down. Moré & Sorensen 1983, Computing a trust region step.
 */
const quadratic: Modeller<Sizes, SpectralModel> = {
  sloped: true,
  init: ({ dimension }) => sizesFor(dimension),
  *look(f, _, at) {
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
 * Newton's method that minimises its quadratic model exactly, within a radius that grows and shrinks with the model's
 * success. It gets away from saddles.
 */
export const newtonTrustRegion = solver(
  {
    name: "newton-trust-region",
    title: "Newton's method in a trust region",
    formula: "d makes gᵀd + ½dᵀ∇²f·d least over ‖d‖ ≤ Δ",
    source: "Moré & Sorensen 1983, Computing a trust region step",
    settings: {},
  },
  () =>
    trustRegion({
      needsOneOf: ["hessian", "hessianProduct"],
      tolerance: TOLERANCE,
      radius: RADIUS,
      modeller: quadratic,
    }),
);
