import { qr, qrSolve } from "../../linalg/index.ts";
import type { Direction, Guide } from "../descent.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Point } from "../point.ts";
import type { Ending } from "../solution.ts";
import type { Solving } from "../solving.ts";

/**
 * For sums of squares: the step to the minimum of ‖r + Jd‖², by Householder's QR with column exchanges. Where columns
 * of J depend on others, the step leaves their parameters alone. Gauss 1809, Theoria motus; Nocedal & Wright 2006, 10.3.
 */
export const gaussNewton = (): Direction => ({
  name: "Gauss–Newton",
  needsOneOf: ["residuals"],
  resumes: "as before",
  start: (f) => new Linearized(f),
});

class Linearized implements Guide {
  readonly #f: Evaluator;
  readonly #r: Float64Array;
  readonly #j: Float64Array;

  constructor(f: Evaluator) {
    this.#f = f;
    this.#r = new Float64Array(f.residualCount);
    this.#j = new Float64Array(f.residualCount * f.dimension);
  }

  *direction({ x }: Point, d: Float64Array): Solving<Ending | undefined> {
    yield* this.#f.jacobian(x, this.#r, this.#j);
    const factors = qr(this.#j, this.#r.length, d.length);
    if (factors === null) return { outcome: "diverged", reason: "the Jacobian is not finite" };
    const step = qrSolve(factors, this.#r);
    for (let i = 0; i < d.length; i++) d[i] = -step[i];
    return undefined;
  }

  scaled(): boolean {
    return true;
  }
}
