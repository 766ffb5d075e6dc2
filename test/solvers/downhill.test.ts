import { describe, expect, it } from "vitest";
import { dot } from "../../src/linalg/index.ts";
import {
  type Direction,
  descent,
  directions,
  findSolver,
  gaussNewton,
  type KroneckerFactor,
  type Objective,
  solve,
  stepLengths,
} from "../../src/solvers/index.ts";
import { finish } from "../../src/solvers/run/computation.ts";
import { Evaluator } from "../../src/solvers/run/evaluator.ts";
import { pointAt } from "../../src/solvers/run/point.ts";
import { functionOf, quadraticOf } from "./functions.ts";

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

/** The first direction at a point, from an objective that says what its gradient is there. */
function firstDirection<M>(direction: Direction<M>, f: Objective): number[] {
  const here = pointAt(new Float64Array(f.dimension));
  const evaluator = new Evaluator(f);
  here.value = finish(evaluator.gradient(here.x, here.g));
  const d = new Float64Array(f.dimension);
  const asked = direction.direction(evaluator, direction.init(evaluator), here, d);
  if (asked !== undefined) expect(finish(asked)).toBeUndefined();
  return [...d];
}

const withGradient = (g: readonly number[]): Objective =>
  functionOf(
    g.length,
    () => 0,
    () => g,
  );

/** The first three cases are such that the exact solution of (F + λI)d = −g leads up. */
describe("where curvature is negative", () => {
  it("the natural gradient leads down: along −g if the first product is negative", () => {
    // F + λI = −2I: the exact solution is +g/2.
    const f: Objective = { ...withGradient([3, -4]), gaussNewtonProduct: (_, v, to) => to.set(v.map((x) => -3 * x)) };
    expect(firstDirection(directions.naturalGradient({ damping: 1 }), f)).toEqual([-3, 4]);
  });

  it("the natural gradient leads down: it follows a later direction of negative curvature, as if it were positive", () => {
    // F + λI = diag(5, −2), g = (1, 1): the exact solution is (−1/5, 1/2), of slope 3/10. By hand, conjugate gradients take
    // α = 2/3 along (−1, −1), then |98/9 / (−5880/81)| = 3/20 along (−28/9, −70/9).
    const f: Objective = {
      ...withGradient([1, 1]),
      gaussNewtonProduct: (_, [a, b], to) => to.set([4 * a, -3 * b]),
    };
    const [a, b] = firstDirection(directions.naturalGradient({ damping: 1 }), f);
    expect(a).toBeCloseTo(-2 / 3 - (3 / 20) * (28 / 9), 14);
    expect(b).toBeCloseTo(-2 / 3 - (3 / 20) * (70 / 9), 14);
  });

  const layer = (a: readonly number[], s: readonly number[]): KroneckerFactor => ({
    ...{ weights: 0, biases: undefined, inputs: 1, units: 2 },
    ...{ a: Float64Array.from(a), s: Float64Array.from(s) },
  });

  it("K-FAC leads down: it adds ten times as much to a factor until that is positive definite", () => {
    // A + 1 = 5; S + 1 = diag(2, −8) leads up by (−1/10, 1/5) for g = (1, 8); S + 10 = diag(11, 1).
    const f: Objective = { ...withGradient([1, 8]), kroneckerFactors: () => [layer([4], [1, 0, 0, -9])] };
    const [a, b] = firstDirection(directions.kfac({ damping: 1 }), f);
    expect(a).toBeCloseTo(-1 / 5 / 11, 14);
    expect(b).toBeCloseTo(-8 / 5, 14);
  });

  it("K-FAC says that a factor is not finite", () => {
    const f: Objective = { ...withGradient([1, 8]), kroneckerFactors: () => [layer([4], [1, 0, 0, Number.NaN])] };
    expect(() => firstDirection(directions.kfac(), f)).toThrow(
      new RangeError("a Kronecker factor is not finite; start elsewhere, or raise the damping"),
    );
  });
});

/** f = (x − 1)² + 4(y + 1)², whose residuals are (x − 1, 2y + 2). With sign −1 their Jacobian is wrong, but ∇f is right. */
const twoSquares = (sign: 1 | -1): Objective => ({
  ...functionOf(
    2,
    ([x, y]) => (x - 1) ** 2 + 4 * (y + 1) ** 2,
    ([x, y]) => [2 * (x - 1), 8 * (y + 1)],
  ),
  residuals: {
    count: 2,
    residuals: ([x, y], r) => r.set([x - 1, 2 * y + 2]),
    residualsAndJacobian: ([x, y], r, jacobian) => {
      r.set([x - 1, 2 * y + 2]);
      jacobian.set([sign, 0, 0, 2 * sign]);
    },
  },
});

describe("a direction that leads up", () => {
  it("is given up for steepest descent: Gauss–Newton with a Jacobian of the wrong sign", () => {
    const from = [3, 0];
    const right = solve(twoSquares(1), { solver: gaussNewton(), start: from });
    expect([...right.x]).toEqual([1, -1]);
    expect(right.iterations).toBe(1);

    const { path, outcome, x } = solve(twoSquares(-1), { solver: gaussNewton(), start: from, path: true });
    const [, , first, second] = path?.points ?? [];
    // ∇f = (4, 8) at the start.
    expect(first).toBeLessThan(3);
    expect((second - 0) / (first - 3)).toBeCloseTo(2, 12);
    const values = [...(path?.values ?? [])];
    expect(values.every((value, k) => k === 0 || value < values[k - 1])).toBe(true);
    expect(outcome).toBe("converged");
    expect(x[0]).toBeCloseTo(1, 6);
    expect(x[1]).toBeCloseTo(-1, 6);
  });

  it("is forgotten, and the next one begins anew", () => {
    const up: Direction<null> = {
      ...{ name: "up", needsOneOf: [], init: () => null, scaled: () => true },
      direction: (_f, _memory, { g }, d) => {
        d.set(g);
        return undefined;
      },
    };
    const { seen, direction } = watched(up);
    const solver = descent({ direction, stepLength: stepLengths.armijo() });
    const { iterations } = solve(bowl, { solver, start, maxIterations: 3 });
    expect(iterations).toBe(3);
    expect(seen.cosines).toEqual(Array.from({ length: 3 }, () => expect.closeTo(-1, 12)));
    expect(seen.givenUp).toBe(3);
  });
});
