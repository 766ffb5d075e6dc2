import { ldl, ldlSolve } from "../linalg/index.ts";
import { byHessian } from "./newton.ts";
import { type Direction, descent } from "./search/descent.ts";
import { fixed } from "./search/fixed.ts";
import { solver } from "./solver.ts";

/** Newton's formula without a safeguard: d = −∇²f⁻¹g leads to a nearby critical point, be it a saddle or a maximum. */
export const pureNewtonDirection = (): Direction<null> =>
  byHessian(
    "pure Newton",
    (h, n, d) => {
      const factors = ldl(h, n);
      const solved = factors === null ? null : ldlSolve(factors, d);
      if (solved === null || !solved.every(Number.isFinite))
        return { outcome: "singular", reason: "the Hessian is singular, so there is no Newton step" };
      d.set(solved);
      return undefined;
    },
    true,
  );

/**
 * Newton's original method, to see where it leads: to a nearby point of zero gradient, be it a saddle or a maximum. A
 * singular Hessian ends it.
 */
export const pureNewton = solver(
  {
    name: "pure-newton",
    title: "Newton's method without a safeguard",
    formula: "x ← x − ∇²f⁻¹g",
    symbols: "∇²f is the Hessian, g the gradient and x the point",
    source: "Newton 1669; Raphson 1690; Simpson 1740",
    settings: {},
    meanings: {},
  },
  () => descent({ direction: pureNewtonDirection(), stepLength: fixed() }),
);
