import { describe, expect, it } from "vitest";
import { dot } from "../../src/linalg/index.ts";
import { type Direction, descent, directions, findSolver, solve, stepLengths } from "../../src/solvers/index.ts";
import { quadraticOf } from "./functions.ts";

/** Convex, of unlike curvatures that are not along the axes: the minimum is at A⁻¹b. */
const bowl = quadraticOf(
  [
    [40, 2, 0, 1],
    [2, 8, 1, 0],
    [0, 1, 5, 2],
    [1, 0, 2, 3],
  ],
  [1, -2, 3, 4],
);
const start = [3, -4, 5, 6];

/** The direction, and what it does: the cosine of its angle with −g at each point, and how often it was given up. */
function watched<M>(direction: Direction<M>): {
  seen: { cosines: number[]; givenUp: number };
  direction: Direction<M>;
} {
  const seen = { cosines: [] as number[], givenUp: 0 };
  return {
    seen,
    direction: {
      ...direction,
      *direction(f, memory, here, d) {
        const asked = direction.direction(f, memory, here, d);
        const ending = asked === undefined ? undefined : yield* asked;
        if (ending !== undefined) return ending;
        seen.cosines.push(-dot(here.g, d) / Math.sqrt(dot(here.g, here.g) * dot(d, d)));
        return undefined;
      },
      forget: (memory) => {
        seen.givenUp++;
        direction.forget?.(memory);
      },
    },
  };
}

/** A search that falls back on steepest descent hides a direction that leads up, so directions are looked at themselves. */
describe("on a convex quadratic", () => {
  const learning: readonly (readonly [string, () => Direction])[] = [
    ["BFGS", directions.bfgs],
    ["L-BFGS", directions.lbfgs],
    ["conjugate gradients", directions.conjugateGradient],
    ["Newton-CG", directions.newtonCG],
    ["Newton", directions.newton],
    ["saddle-free Newton", directions.saddleFree],
  ];

  it.each(learning)("%s leads down from every point, and is never given up for steepest descent", (_, make) => {
    const { seen, direction } = watched(make());
    const { outcome } = solve(bowl, { solver: descent({ direction, stepLength: stepLengths.strongWolfe() }), start });
    expect(outcome).toBe("converged");
    expect(seen.cosines.length).toBeGreaterThan(0);
    for (const cosine of seen.cosines) expect(cosine).toBeGreaterThan(0);
    expect(seen.givenUp).toBe(0);
  });

  it.each(["newton", "pure-newton", "newton-cg", "newton-trust-region", "saddle-free-newton"])(
    "%s is there after a few steps, where steepest descent takes many",
    (name) => {
      const iterationsOf = (solver: string) => solve(bowl, { solver: findSolver(solver)(), start }).iterations;
      expect(iterationsOf(name)).toBeLessThanOrEqual(8);
      expect(iterationsOf("steepest-descent")).toBeGreaterThan(20);
    },
  );
});
