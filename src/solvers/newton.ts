import { ldlSolve, modifiedCholesky } from "../linalg/index.ts";
import { newtonCGDirection } from "./newton-cg.ts";
import type { Ending } from "./run/ending.ts";
import { type Direction, descent } from "./search/descent.ts";
import { strongWolfe } from "./search/strong-wolfe.ts";
import { either, solver } from "./solver.ts";

/** Turns −g into a direction by the Hessian, in place. Returns an ending if it cannot. */
export type HessianSolve = (h: Float64Array, n: number, d: Float64Array) => Ending | undefined;

/** A direction that uses the Hessian at each point. */
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
 * Newton's direction d = −∇²f⁻¹g with a safeguard: where the Hessian is not positive definite, modified Cholesky factors add
 * just enough to its diagonal that d leads downhill, at saddles and maxima too.
 */
export const newtonDirection = (): Direction<null> =>
  byHessian("Newton", (h, n, d) => {
    const made = modifiedCholesky(h, n);
    const solved = made === null ? null : ldlSolve(made.factors, d);
    if (solved !== null) d.set(solved);
    return undefined;
  });

/** The most variables for which a Hessian is assembled from products. */
const FACTORED = 200;

/**
 * Newton's method with a line search; a Hessian that is not positive definite is modified until it is. For a large net,
 * which only provides Hessian-vector products, conjugate gradients find the direction.
 */
export const newton = solver(
  {
    name: "newton",
    title: "Newton's method, by modified Cholesky factors",
    formula: "(∇²f + E)d = −g with E = 0 where ∇²f is positive definite",
    symbols:
      "∇²f is the Hessian, g the gradient, d the direction, and E a diagonal matrix that makes ∇²f + E positive definite",
    source: "Gill, Murray & Wright 1981, Practical optimization, section 4.4",
    settings: {},
    meanings: {},
  },
  () => {
    const stepLength = strongWolfe();
    const byFactors = descent({ direction: newtonDirection(), stepLength });
    const byProducts = descent({ direction: newtonCGDirection(), stepLength });
    return either(
      ["hessian", "hessianProduct"],
      ({ objective, dimension }) => (objective.hessian !== undefined || dimension <= FACTORED ? byFactors : byProducts),
      { resumes: "rescaled" },
    );
  },
);
