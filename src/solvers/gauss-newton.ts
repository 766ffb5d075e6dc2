import { qr, qrSolve } from "../linalg/index.ts";
import { naturalGradientDirection } from "./natural-gradient.ts";
import { armijo } from "./search/armijo.ts";
import { type Direction, descent } from "./search/descent.ts";
import { either, solver } from "./solver.ts";

/**
 * For sums of squares: the step to the minimum of ‖r + Jd‖², by Householder's QR with column pivoting. Parameters whose
 * column of J depends linearly on others stay as they are. Gauss 1809, Theoria motus; Nocedal & Wright 2006, 10.3.
 */
export const gaussNewtonDirection = (): Direction<null> => ({
  name: "Gauss–Newton",
  needsOneOf: ["residuals"],
  resumes: "as before",
  init: () => null,
  *direction(f, _, { x }, d) {
    const m = f.residualCount;
    const [r, jacobian] = [new Float64Array(m), new Float64Array(m * d.length)];
    yield* f.jacobian(x, r, jacobian);
    const factors = qr(jacobian, m, d.length);
    if (factors === null) return { outcome: "diverged", reason: "the Jacobian is not finite" };
    const step = qrSolve(factors, r);
    for (let i = 0; i < d.length; i++) d[i] = -step[i];
    return undefined;
  },
  scaled: () => true,
});

/**
 * For sums of squares: linearises the residuals and solves the linear problem exactly. For a net, which only provides
 * products with its Gauss–Newton matrix, it finds the direction by conjugate gradients.
 */
export const gaussNewton = solver(
  {
    name: "gauss-newton",
    title: "Gauss–Newton with a line search",
    formula: "d minimises ‖r + Jd‖",
    symbols: "r are the residuals, J is their Jacobian and d the direction",
    source: "Gauss 1809, Theoria motus",
    settings: {},
    meanings: {},
  },
  () => {
    const exact = descent({ direction: gaussNewtonDirection(), stepLength: armijo() });
    const byProducts = descent({ direction: naturalGradientDirection({ damping: 1e-4 }), stepLength: armijo() });
    return either(["residuals", "gaussNewtonProduct"], ({ objective }) =>
      objective.residuals === undefined ? byProducts : exact,
    );
  },
);
