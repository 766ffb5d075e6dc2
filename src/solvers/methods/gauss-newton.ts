import { descent } from "../descent.ts";
import { gaussNewton as direction } from "../directions/gauss-newton.ts";
import { naturalGradient } from "../directions/natural-gradient.ts";
import { solver } from "../factory.ts";
import { either } from "../solver.ts";
import { armijo } from "../step-lengths/armijo.ts";

/** Of a net, which gives products with its Gauss–Newton matrix only, the direction is found by conjugate gradients. */
export const gaussNewton = solver(
  {
    name: "gauss-newton",
    title: "Gauss–Newton with a line search",
    formula: "d makes ‖r + Jd‖ least",
    source: "Gauss 1809, Theoria motus",
    settings: {},
  },
  () => {
    const [exact, truncated] = [direction(), naturalGradient({ damping: 1e-4 })].map((towards) =>
      descent({ direction: towards, stepLength: armijo() }),
    );
    return either(["residuals", "gaussNewtonProduct"], ({ objective }) =>
      objective.residuals === undefined ? truncated : exact,
    );
  },
);
