import { ldl, ldlSolve, modifiedCholesky } from "../../linalg/index.ts";
import type { Direction, Guide } from "../descent.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Point } from "../point.ts";
import type { Ending } from "../solution.ts";
import type { Solving } from "../solving.ts";

/** Turns −g into a direction with the help of the Hessian, in place; says what is wrong where it cannot. */
export type HessianSolve = (h: Float64Array, n: number, d: Float64Array) => Ending | undefined;

/** A direction from the Hessian at each point. */
export const byHessian = (name: string, solve: HessianSolve, unguarded = false): Direction => ({
  name,
  needsOneOf: ["hessian", "hessianProduct"],
  unguarded,
  resumes: unguarded ? undefined : "rescaled",
  start: (f) => new HessianGuide(f, solve),
});

class HessianGuide implements Guide {
  readonly #f: Evaluator;
  readonly #h: Float64Array;
  readonly #solve: HessianSolve;

  constructor(f: Evaluator, solve: HessianSolve) {
    this.#f = f;
    this.#h = new Float64Array(f.dimension ** 2);
    this.#solve = solve;
  }

  *direction({ x, g }: Point, d: Float64Array): Solving<Ending | undefined> {
    yield* this.#f.hessian(x, this.#h);
    for (let i = 0; i < g.length; i++) d[i] = -g[i];
    if (!this.#h.every(Number.isFinite)) return { outcome: "diverged", reason: "the Hessian is not finite" };
    return this.#solve(this.#h, g.length, d);
  }

  scaled(): boolean {
    return true;
  }
}

/**
 * Newton's direction d = −∇²f⁻¹g, made safe: where the Hessian is not positive definite, just enough is added to its
 * diagonal (modified Cholesky factors), so that d leads down at saddles and maxima too.
 */
export const newton = (): Direction =>
  byHessian("Newton", (h, n, d) => {
    const made = modifiedCholesky(h, n);
    const solved = made === null ? null : ldlSolve(made.factors, d);
    if (solved !== null) d.set(solved);
    return undefined;
  });

/** Newton's formula as it is: d = −∇²f⁻¹g leads to whatever point without slope is near, a saddle or a maximum too. */
export const pureNewton = (): Direction =>
  byHessian(
    "pure Newton",
    (h, n, d) => {
      const factors = ldl(h, n);
      const solved = factors === null ? null : ldlSolve(factors, d);
      if (solved === null || !solved.every(Number.isFinite)) return SINGULAR;
      d.set(solved);
      return undefined;
    },
    true,
  );

const SINGULAR: Ending = { outcome: "singular", reason: "the Hessian has no inverse, so there is no Newton step" };
