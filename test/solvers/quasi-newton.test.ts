import { describe, expect, it } from "vitest";
import { norm } from "../../src/linalg/index.ts";
import {
  bfgs,
  conjugateGradient,
  type Direction,
  descent,
  directions,
  findSolver,
  lbfgs,
  type Solver,
  solve,
  stepLengths,
} from "../../src/solvers/index.ts";
import { finish } from "../../src/solvers/run/computation.ts";
import { Evaluator } from "../../src/solvers/run/evaluator.ts";
import { type Point, pointAt } from "../../src/solvers/run/point.ts";
import { moreGarbowHillstrom, surfaces } from "../../src/surfaces/index.ts";
import { quadraticOf } from "./functions.ts";

const { wood, powellSingular } = moreGarbowHillstrom;
const formulas = ["polak-ribiere", "fletcher-reeves", "hestenes-stiefel", "dai-yuan"] as const;
const slopesAlone: readonly (readonly [string, Solver])[] = [
  ["steepest descent", findSolver("steepest-descent")()],
  ["Barzilai–Borwein, long", findSolver("barzilai-borwein")({ formula: "long" })],
  ["Barzilai–Borwein, short", findSolver("barzilai-borwein")({ formula: "short" })],
  ["Polyak", findSolver("polyak")()],
];
const all: readonly (readonly [string, Solver])[] = [
  ["BFGS", bfgs()],
  ["L-BFGS", lbfgs()],
  ["L-BFGS of three steps", lbfgs({ memory: 3 })],
  ...formulas.map((formula) => [`conjugate gradients, ${formula}`, conjugateGradient({ formula })] as const),
  ["Newton-CG", findSolver("newton-cg")()],
  ["BFGS with Armijo", descent({ direction: directions.bfgs(), stepLength: stepLengths.armijo() })],
];

describe.each(all)("%s", (_, solver) => {
  it.each([surfaces.rosenbrock(), surfaces.rosenbrock(8), surfaces.beale, surfaces.himmelblau])(
    "reaches a minimum of $name",
    (target) => {
      const { outcome, x } = solve(target, { solver });
      expect(outcome).toBe("converged");
      const minima = [...target.minima];
      expect(Math.min(...minima.map(({ at }) => norm(x.map((entry, i) => entry - at[i]))))).toBeLessThan(1e-7);
    },
  );

  it("reaches the minima of Wood's and Powell's singular function", () => {
    expect(solve(wood, { solver }).value).toBeLessThan(1e-15);
    // The Hessian is singular at the minimum: x is found to a few digits only, the value to many.
    expect(solve(powellSingular, { solver }).value).toBeLessThan(1e-12);
  });
});

describe.each(slopesAlone)("%s", (_, solver) => {
  it("reaches the minimum of a bowl, and of Beale's function", () => {
    for (const target of [surfaces.bowl, surfaces.beale]) {
      const { outcome, value } = solve(target, { solver, maxIterations: 20_000 });
      expect(outcome).toBe("converged");
      expect(value).toBeLessThan(1e-18);
    }
  });
});

/** The direction that is taken from a point after some steps. */
function directionAfter(direction: Direction, points: readonly Point[], at: Point): Float64Array {
  const f = new Evaluator({ name: "", dimension: at.x.length, value: () => 0, gradient: () => 0 });
  const memory = direction.init(f);
  const d = new Float64Array(at.x.length);
  for (const [i, to] of points.slice(1).entries()) direction.learn?.(memory, points[i], to);
  const asked = direction.direction(f, memory, at, d);
  if (asked !== undefined) finish(asked);
  return d;
}

const point = (x: readonly number[], g: readonly number[]): Point => {
  const made = pointAt(x);
  made.g.set(g);
  return made;
};

describe("quasi-Newton directions learn", () => {
  const steps = [
    point([1, 2, 3], [4, -1, 2]),
    point([0.5, 2.5, 2], [1, 1, -1]),
    point([0, 2.25, 2.5], [-1, 0.5, 0.75]),
  ];

  it.each([directions.bfgs(), directions.lbfgs()])("the last step: H(g₊ − g) = x₊ − x, by $name", (direction) => {
    const [, before, last] = steps;
    const y = last.g.map((g, i) => g - before.g[i]);
    const d = directionAfter(direction, steps, point([0, 0, 0], [...y]));
    for (let i = 0; i < 3; i++) expect(-d[i]).toBeCloseTo(last.x[i] - before.x[i], 13);
  });

  it("the two loops give BFGS's matrix from the same scale and steps", () => {
    const two = steps.slice(0, 2);
    const g = point([0, 0, 0], [0.3, -2, 1.1]);
    const [dense, loops] = [directions.bfgs(), directions.lbfgs()].map((direction) =>
      directionAfter(direction, two, g),
    );
    for (let i = 0; i < 3; i++) expect(loops[i]).toBeCloseTo(dense[i], 13);
  });

  it("nothing from a step without positive curvature", () => {
    const bent = [point([0, 0], [1, 1]), point([1, 0], [0.5, 1])];
    const g = point([0, 0], [2, -3]);
    for (const direction of [directions.bfgs(), directions.lbfgs()])
      expect([...directionAfter(direction, bent, g)]).toEqual([-2, 3]);
  });
});

describe("conjugate gradients", () => {
  it.each(formulas)("solve a quadratic of n variables in n steps, whatever the choice of β: %s", (formula) => {
    const f = quadraticOf(
      [
        [10, 2, 0, 1],
        [2, 8, 1, 0],
        [0, 1, 5, 2],
        [1, 0, 2, 3],
      ],
      [1, -2, 3, 4],
    );
    // With lines searched to their minimum all choices are the same, and end after four steps.
    const exact = descent({
      direction: directions.conjugateGradient({ formula }),
      stepLength: stepLengths.strongWolfe({ curvature: 1e-6, decrease: 1e-7 }),
    });
    const { iterations, gradientNorm } = solve(f, { solver: exact, start: [0, 0, 0, 0], tolerance: 1e-6 });
    expect(gradientNorm).toBeLessThan(1e-5);
    expect(iterations).toBeLessThanOrEqual(5);
  });
});
