import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findSolver, type Objective, objectiveOf, solve, solveLater } from "../../src/solvers/index.ts";
import { type LeastSquares, leastSquares, moreGarbowHillstrom, surfaceFromText } from "../../src/surfaces/index.ts";
import { strdFolder } from "../../src/surfaces/node/index.ts";
import { functionOf } from "./functions.ts";
import { lowerNearby } from "./lower-nearby.ts";

/** A fit of y by a formula in x and parameters. */
function fitting(
  formula: string,
  parameters: readonly string[],
  x: readonly number[],
  y: readonly number[],
): LeastSquares {
  const start = parameters.map(() => 1);
  return leastSquares({ name: formula, parameters, data: { x, y }, residuals: [`y - (${formula})`], starts: [start] });
}

const from = (first: number, last: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1));

/** Values and slopes alone: what a function of one's own tells. */
const plain = ({ name, dimension, value, gradient }: Objective): Objective => ({ name, dimension, value, gradient });

/** NIST StRD, Misra1d. */
const misra1d = fitting(
  "b1*b2*x/(1 + b2*x)",
  ["b1", "b2"],
  [77.6, 114.9, 141.1, 190.8, 239.9, 289, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760],
  [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78],
);

const quick = [
  "bfgs",
  "lbfgs",
  "conjugate-gradient",
  "newton",
  "newton-trust-region",
  "saddle-free-newton",
  "newton-cg",
];
const squares = ["gauss-newton", "levenberg-marquardt"];
const slow = ["barzilai-borwein", "steepest-descent"];

describe("only minima count as converged", () => {
  const regressions = strdFolder(join(import.meta.dirname, "../../assets/nist-strd"));
  const few = ["box", "brown-badly-scaled", "meyer", "osborne-1", "powell-badly-scaled", "biggs-exp6"];
  const functions = moreGarbowHillstrom.problems.filter(({ name }) => few.includes(name));
  const runs = [
    ...regressions.flatMap((problem) =>
      [...problem.starts, problem.starts[0].map((b) => 2 * b)].map((start) => ({ problem, start })),
    ),
    ...functions.flatMap((problem) =>
      [1, 10].map((factor) => ({ problem, start: problem.starts[0].map((x) => factor * x) })),
    ),
  ];

  it.each([...quick, ...squares, ...slow])("%s", (name) => {
    for (const { problem, start } of runs) {
      const objective = objectiveOf(problem);
      const { outcome, x } = solve(objective, { solver: findSolver(name)(), start, maxIterations: 150 });
      if (outcome === "converged") expect(lowerNearby(objective, x), `${problem.name} from ${start}`).toBeUndefined();
    }
  });
});

describe("units of the parameters do not matter", () => {
  it.each(["bfgs", "lbfgs", "conjugate-gradient", "newton-cg"])("%s fits Misra1d", (name) => {
    for (const [start, factor] of [
      [[500, 1e-4], 1],
      [[450, 3e-4], 1],
      [[500e6, 1e-10], 1e6],
    ] as const) {
      // b1 in millionths, b2 in millions: the same curve.
      const told = objectiveOf(misra1d);
      for (const objective of name === "newton-cg" ? [told] : [told, plain(told)]) {
        const inUnits: Objective = inOtherUnits(objective, [1 / factor, factor]);
        const { outcome, value } = solve(inUnits, { solver: findSolver(name)(), start });
        expect(outcome).toBe("converged");
        // Certified.
        expect(value / 5.6419295283e-2).toBeCloseTo(1, 9);
      }
    }
  });
});

/** The same function of numbers that are so many times x. */
function inOtherUnits(f: Objective, factors: readonly number[]): Objective {
  const back = (z: Float64Array): Float64Array => z.map((entry, i) => entry * factors[i]);
  return {
    name: f.name,
    dimension: f.dimension,
    value: (z) => f.value(back(z)),
    gradient: (z, g) => {
      const value = f.gradient(back(z), g);
      for (const [i, factor] of factors.entries()) g[i] *= factor;
      return value;
    },
    ...(f.hessianProduct === undefined
      ? {}
      : {
          hessianProduct: (z, v, to) => {
            f.hessianProduct?.(back(z), back(v), to);
            for (const [i, factor] of factors.entries()) to[i] *= factor;
          },
        }),
  };
}

describe("a failed line search does not make a minimum", () => {
  it("Gauss–Newton stalls in the bend of a valley of exponentials", () => {
    const curve = surfaceFromText("(a*exp(1500*b) - 806.857586985)^2 + (a*exp(750*b) - 40.1710738464)^2 + (a - 2)^2");
    const x = from(0, 1500, 50);
    const fitted = fitting(
      "a*exp(b*x)",
      ["a", "b"],
      x,
      x.map((at) => 2 * Math.exp(0.004 * at)),
    );
    for (const target of [curve, fitted]) {
      const { outcome, value } = solve(target, { solver: findSolver("gauss-newton")(), start: [1, 0.1] });
      expect(value < 1e-20 || outcome !== "converged").toBe(true);
      for (const name of ["bfgs", "lbfgs", "newton"]) {
        const found = solve(target, { solver: findSolver(name)(), start: [1, 0.1] });
        expect(found.outcome, name).toBe("converged");
        expect(found.value, name).toBeLessThan(1e-18);
      }
    }
  });

  it("reports a variable that ran away to where the function is flat", () => {
    const x = from(60, 3060, 51);
    const y = x.map((at, i) => 380 * Math.exp(-at / 400) + 20 + 0.3 * Math.sin(7 * i));
    const { outcome, value, reason } = solve(fitting("(a - c)*exp(-x/b) + c", ["a", "b", "c"], x, y), {
      solver: findSolver("levenberg-marquardt")(),
      start: [1, 1, 1],
    });
    expect(value < 10 || outcome === "stalled", reason).toBe(true);
  });
});

describe("every solver leaves a saddle that it starts on", () => {
  /** The others get lost in valleys beside the saddle, and say so. */
  const ARRIVE = ["bfgs", "lbfgs", "conjugate-gradient", "newton", "newton-trust-region", "levenberg-marquardt"];
  const twoDecays = "a*exp(-b*x) + c*exp(-d*x)";
  const x = from(0, 5, 26);
  const decays = fitting(
    twoDecays,
    ["a", "b", "c", "d"],
    x,
    x.map((at) => 3 * Math.exp(-0.5 * at) + 2 * Math.exp(-3 * at)),
  );

  it.each([...quick, ...squares, ...slow])("%s", (name) => {
    const solver = findSolver(name)();
    const { outcome, value } = solve(surfaceFromText("(x*y - 6)^2"), { solver, start: [0, 0] });
    expect([outcome, value]).toEqual(["converged", expect.closeTo(0, 12)]);
    const fitted = solve(decays, { solver, start: [1, 1, 1, 1], maxIterations: 1000 });
    if (fitted.outcome === "converged" || ARRIVE.includes(name))
      expect([fitted.outcome, fitted.value]).toEqual(["converged", expect.closeTo(0, 12)]);
  });

  it("with gradients alone, too", () => {
    for (const name of ["bfgs", "lbfgs", "conjugate-gradient"]) {
      const objective = plain(objectiveOf(surfaceFromText("(x*y - 6)^2")));
      expect(solve(objective, { solver: findSolver(name)(), start: [0, 0] }).value, name).toBeLessThan(1e-15);
    }
  });

  it("with many variables, by Hessian-vector products", async () => {
    const n = 300;
    const product = (v: Float64Array, to: Float64Array): void => {
      for (let i = 0; i < n; i++) to[i] = (i === 7 ? -1 : 2) * v[i];
    };
    const f = {
      name: "well of many variables",
      dimension: n,
      value: async (at: Float64Array) =>
        at.reduce((sum, v, i) => sum + (i === 7 ? v ** 4 / 4 - (v * v) / 2 : v * v), 0),
      gradient: async (at: Float64Array, g: Float64Array) => {
        for (const [i, v] of at.entries()) g[i] = i === 7 ? v ** 3 - v : 2 * v;
        return f.value(at);
      },
      hessianProduct: async ([...at]: Float64Array, v: Float64Array, to: Float64Array) => {
        product(v, to);
        to[7] += 3 * at[7] ** 2 * v[7];
      },
    };
    const { outcome, value } = await solveLater(f, { solver: findSolver("lbfgs")(), start: new Float64Array(n) });
    expect(outcome).toBe("converged");
    expect(value).toBeCloseTo(-0.25, 12);
  });

  it("leaves a flat ridge, where two terms have become one, from a point further along it", () => {
    // NIST StRD, Lanczos1, from its first start: three exponentials.
    const at = from(0, 1.15, 24);
    const sum = "a*exp(-b*x) + c*exp(-d*x) + p*exp(-q*x)";
    const y = at.map((t) => 0.0951 * Math.exp(-t) + 0.8607 * Math.exp(-3 * t) + 1.5576 * Math.exp(-5 * t));
    const ridge = [0.4440466, 1.8725262, 13.2031744, 4.6396839, -11.1344288, 4.6396839];
    for (const name of ["bfgs", "lbfgs", "newton-trust-region"]) {
      const { value } = solve(fitting(sum, ["a", "b", "c", "d", "p", "q"], at, y), {
        solver: findSolver(name)(),
        start: ridge,
      });
      expect(value, name).toBeLessThan(1e-15);
    }
  });
});

describe("a perfect fit has converged", () => {
  const years = from(1950, 2019, 70);
  const seconds = from(0, 1500, 50);
  const times = from(0, 10, 50);
  const cases = [
    {
      problem: fitting(
        "a*x^2 + b*x + c",
        ["a", "b", "c"],
        years,
        years.map((x) => 1e-3 * (x - 1980) ** 2 + 0.5 * (x - 1980) + 10),
      ),
      start: [1, 1, 1],
      names: [...quick.filter((name) => name !== "newton-cg"), ...squares],
    },
    {
      problem: fitting(
        "o + a*sin(b*x)",
        ["o", "a", "b"],
        times,
        times.map((x) => 1e10 + 3 * Math.sin(1.3 * x)),
      ),
      start: [1, 1, 1.2],
      names: ["newton", ...squares],
    },
    {
      problem: fitting(
        "a*exp(b*x)",
        ["a", "b"],
        seconds,
        seconds.map((x) => 2 * Math.exp(0.004 * x)),
      ),
      start: [1, 0.003],
      names: [...quick, ...squares],
    },
  ];

  it.each(cases)("$problem.name", ({ problem, start, names }) => {
    // Rounding of the data alone leaves as much: ε² times the sum of their squares.
    const left = problem.data.y.reduce((total, y) => total + (4 * Number.EPSILON * y) ** 2, 0) + 1e-18;
    for (const name of names) {
      const { outcome, value, reason } = solve(problem, { solver: findSolver(name)(), start });
      expect(outcome, `${name}: ${reason}`).toBe("converged");
      expect(value, name).toBeLessThan(1e4 * left);
    }
  });
});

describe("the rounding level of a value", () => {
  const roundingOf = (f: Objective, x: readonly number[]): number => f.rounding?.(Float64Array.from(x)) ?? Number.NaN;

  it("depends on the terms of a sum, not on its result", () => {
    const offset = objectiveOf(surfaceFromText("(x - 1)^2 + 1e10 - 1e10"));
    expect(roundingOf(offset, [1.5])).toBeGreaterThan(1e10 * Number.EPSILON);
    expect(roundingOf(offset, [1.5])).toBeLessThan(5e10 * Number.EPSILON);
    const bowl = objectiveOf(surfaceFromText("x^2 + y^2"));
    expect(roundingOf(bowl, [3, 4])).toBeLessThan(5 * 25 * Number.EPSILON);
    // Near a perfect fit the value is its own rounding.
    const square = objectiveOf(surfaceFromText("(1000*x - 3000)^2"));
    const x = 3 + 2 * Number.EPSILON;
    expect(roundingOf(square, [x])).toBeGreaterThan(square.value(Float64Array.of(x)));
  });

  it("follows, for residuals, from the parameters' shares in them", () => {
    const line = {
      name: "line",
      dimension: 1,
      count: 1,
      residuals: ([x]: Float64Array, r: Float64Array) => r.fill(1000 * x - 3000),
      residualsAndJacobian: ([x]: Float64Array, r: Float64Array, j: Float64Array) => {
        r.fill(1000 * x - 3000);
        j.fill(1000);
      },
    };
    const objective = objectiveOf(line);
    const x = 3 + 2 * Number.EPSILON;
    expect(roundingOf(objective, [x])).toBeGreaterThan(objective.value(Float64Array.of(x)));
    expect(roundingOf(objective, [4])).toBeLessThan(1e-8);
  });
});

describe("a search goes on", () => {
  it("where the gradient is small only because of its units", () => {
    const tiny = functionOf(
      1,
      ([x]) => 1e-12 * (x - 1) ** 2,
      ([x]) => [2e-12 * (x - 1)],
    );
    for (const name of ["bfgs", "lbfgs"]) {
      const { x } = solve(tiny, { solver: findSolver(name)(), start: [3] });
      expect(x[0], name).toBeCloseTo(1, 7);
    }
    // Who says what slope counts as zero is taken at his word.
    expect(solve(tiny, { solver: findSolver("bfgs")(), start: [3], tolerance: 1e-10 }).iterations).toBe(0);
  });

  it("where the gradient is small only relative to the value", () => {
    const raised = surfaceFromText("(x - 1)^2 + (x - 1)^4 + (y - 2)^2 + 1e10");
    for (const name of ["bfgs", "lbfgs", "newton", "newton-trust-region", "newton-cg"]) {
      const { x } = solve(raised, { solver: findSolver(name)(), start: [-1.2, 1] });
      expect(x[0], name).toBeCloseTo(1, 2);
    }
  });

  it("until gradients cannot fall further, where values already cannot", () => {
    const walled = surfaceFromText("x - log(x) + y^2 - log(1 - y)");
    const { gradientNorm } = solve(walled, { solver: findSolver("conjugate-gradient")(), start: [1e-3, 0.9] });
    expect(gradientNorm).toBeLessThan(1e-10);
  });

  it("down an unbounded function until that is certain", () => {
    for (const name of ["saddle-free-newton", "newton-trust-region", "conjugate-gradient", "newton-cg"])
      expect(solve(surfaceFromText("x^4 + y"), { solver: findSolver(name)(), start: [1, 1] }).outcome, name).toBe(
        "diverged",
      );
  });

  it("along a valley whose floor curves downwards, with truncated steps", () => {
    const { rosenbrock } = moreGarbowHillstrom;
    const { outcome, value, iterations } = solve(rosenbrock, {
      solver: findSolver("newton-cg")(),
      start: rosenbrock.starts[0].map((x) => 100 * x),
    });
    expect(outcome).toBe("converged");
    expect(value).toBeLessThan(1e-20);
    expect(iterations).toBeLessThan(1000);
  });
});
