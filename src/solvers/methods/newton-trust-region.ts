import { solver } from "../factory.ts";
import { trustRegionNewton } from "../trust-region/newton.ts";

export const newtonTrustRegion = solver(
  {
    name: "newton-trust-region",
    title: "Newton's method in a trust region",
    formula: "d makes gᵀd + ½dᵀ∇²f·d least over ‖d‖ ≤ Δ",
    source: "Moré & Sorensen 1983, Computing a trust region step",
    settings: {},
  },
  () => trustRegionNewton(),
);
