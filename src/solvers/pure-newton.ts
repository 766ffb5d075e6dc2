import { ldl, ldlSolve } from "../linalg/index.ts";
import { byHessian } from "./newton.ts";
import { type Direction, descent } from "./search/descent.ts";
import { fixed } from "./search/fixed.ts";
import { solver } from "./solver.ts";

/** Newton's formula as it is: d = −∇²f⁻¹g leads to whatever point without slope is near, a saddle or a maximum too. */
export const pure = (): Direction<null> =>
  byHessian(
    "pure Newton",
    (h, n, d) => {
      const factors = ldl(h, n);
      const solved = factors === null ? null : ldlSolve(factors, d);
      if (solved === null || !solved.every(Number.isFinite))
        return { outcome: "singular", reason: "the Hessian has no inverse, so there is no Newton step" };
      d.set(solved);
      return undefined;
    },
    true,
  );

/**
 * Newton's method as it was found, to see where it leads: it goes to the nearest point where the gradient is zero, be it
 * a saddle or a maximum; a singular Hessian ends it.
 */
export const pureNewton = solver(
  {
    name: "pure-newton",
    title: "Newton's method without a safeguard",
    formula: "x ← x − ∇²f⁻¹g",
    source: "Newton 1669; Raphson 1690; Simpson 1740",
    settings: {},
  },
  () => descent({ direction: pure(), stepLength: fixed() }),
);
