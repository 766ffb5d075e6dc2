import { descent } from "../descent.ts";
import { naturalGradient } from "../directions/natural-gradient.ts";
import { solver } from "../factory.ts";
import { positive } from "../settings.ts";
import { either } from "../solver.ts";
import { armijo } from "../step-lengths/armijo.ts";
import { marquardt } from "../trust-region/levenberg-marquardt.ts";

/**
 * Of a net, which gives products with its Gauss–Newton matrix only, the damped step is found by conjugate gradients, and
 * the damping follows Marquardt's rule instead of a region.
 */
export const levenbergMarquardt = solver(
  {
    name: "levenberg-marquardt",
    title: "Levenberg–Marquardt",
    formula: "d makes ‖r + Jd‖ least over ‖Dd‖ ≤ Δ; D holds 1/|xⱼ|, the largest yet, and Δ begins at `radius`",
    source: "Levenberg 1944; Marquardt 1963; Moré 1978, The Levenberg–Marquardt algorithm",
    settings: { radius: 0.1 },
    allowed: { radius: positive },
  },
  ({ radius }) => {
    const exact = marquardt(radius);
    const truncated = descent({ direction: naturalGradient(), stepLength: armijo() });
    return either(
      ["residuals", "gaussNewtonProduct"],
      ({ objective }) => (objective.residuals === undefined ? truncated : exact),
      { tolerance: exact.tolerance },
    );
  },
);
