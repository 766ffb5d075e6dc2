import { ldlSolve, modifiedCholesky } from "../linalg/index.ts";
import { truncated } from "./newton-cg.ts";
import type { Ending } from "./run/ending.ts";
import { type Direction, descent } from "./search/descent.ts";
import { strongWolfe } from "./search/strong-wolfe.ts";
import { either, solver } from "./solver.ts";

/** Turns −g into a direction with the help of the Hessian, in place; says what is wrong where it cannot. */
export type HessianSolve = (h: Float64Array, n: number, d: Float64Array) => Ending | undefined;

/** A direction from the Hessian at each point. */
export const byHessian = (name: string, solve: HessianSolve, unguarded = false): Direction<null> => ({
  name,
  needsOneOf: ["hessian", "hessianProduct"],
  unguarded,
  resumes: unguarded ? undefined : "rescaled",
  init: () => null,
  *direction(f, _, { x, g }, d) {
    const h = new Float64Array(g.length ** 2);
    yield* f.hessian(x, h);
    for (let i = 0; i < g.length; i++) d[i] = -g[i];
    if (!h.every(Number.isFinite)) return { outcome: "diverged", reason: "the Hessian is not finite" };
    return solve(h, g.length, d);
  },
  scaled: () => true,
});

/**
 * Newton's direction d = −∇²f⁻¹g, made safe: where the Hessian is not positive definite, just enough is added to its
 * diagonal (modified Cholesky factors), so that d leads down at saddles and maxima too.
 */
export const modified = (): Direction<null> =>
  byHessian("Newton", (h, n, d) => {
    const made = modifiedCholesky(h, n);
    const solved = made === null ? null : ldlSolve(made.factors, d);
    if (solved !== null) d.set(solved);
    return undefined;
  });

/** Up to so many variables a Hessian is put together that the objective gives in products only. */
const FACTORED = 200;

/**
 * Newton's method with a Hessian that is made positive definite where it is not, then a line search. Of a large net,
 * which gives products with its Hessian only, the direction is found by conjugate gradients.
 */
export const newton = solver(
  {
    name: "newton",
    title: "Newton's method, by modified Cholesky factors",
    formula: "(∇²f + E)d = −g with E = 0 where ∇²f is positive definite",
    source: "Gill, Murray & Wright 1981, Practical optimization, section 4.4",
    settings: {},
  },
  () => {
    const stepLength = strongWolfe();
    const byFactors = descent({ direction: modified(), stepLength });
    const byProducts = descent({ direction: truncated(), stepLength });
    return either(
      ["hessian", "hessianProduct"],
      ({ objective, dimension }) => (objective.hessian !== undefined || dimension <= FACTORED ? byFactors : byProducts),
      { resumes: "rescaled" },
    );
  },
);
