import { describe, expect, it } from "vitest";
import {
  descent,
  directions,
  findSolver,
  iterations,
  lbfgs,
  levenbergMarquardt,
  newton,
  newtonCG,
  type Objective,
  solve,
  solveLater,
  solverNames,
  solvers,
  stepLengths,
} from "../../src/solvers/index.ts";
import { surface, surfaces } from "../../src/surfaces/index.ts";
import { functionOf } from "./functions.ts";

const beale = surfaces.beale;

describe("solve", () => {
  it("returns the point and the path to it", () => {
    const solution = solve(beale, { solver: lbfgs(), path: true });
    const { x, value, gradientNorm, iterations: steps, evaluations, path, outcome, reason } = solution;
    expect(outcome).toBe("converged");
    expect(reason).toMatch(/the largest gradient component is .*, at most 1e-10/);
    expect(gradientNorm).toBeLessThanOrEqual(1e-10);
    expect(path?.points).toHaveLength(2 * (steps + 1));
    expect(path?.values).toHaveLength(steps + 1);
    expect([...(path?.points ?? [])].slice(0, 2)).toEqual([...beale.start]);
    expect([...(path?.points ?? [])].slice(-2)).toEqual([...x]);
    expect(path?.values.at(-1)).toBe(value);
    expect(evaluations.gradient).toBeGreaterThan(steps);
    // L-BFGS itself asks for no Hessian; the look at its end does, and another where it goes on a little after that.
    expect(evaluations.product).toBe(0);
    expect(evaluations.hessian).toBeLessThanOrEqual(2);
  });

  it("counts its evaluations", () => {
    const asked = { value: 0, gradient: 0 };
    const counted = functionOf(
      1,
      ([x]) => {
        asked.value++;
        return x ** 4;
      },
      ([x]) => {
        asked.gradient++;
        return [4 * x ** 3];
      },
    );
    const { evaluations } = solve(counted, { solver: lbfgs(), start: [2] });
    expect(evaluations.value).toBe(asked.value);
    expect(evaluations.gradient).toBe(asked.gradient);
  });

  it("stops at a limit of iterations, and on a signal", () => {
    const few = solve(surfaces.rosenbrock(), { solver: lbfgs(), maxIterations: 5 });
    expect(few).toMatchObject({ outcome: "maximum iterations", iterations: 5 });
    expect(solve(beale, { solver: lbfgs(), maxIterations: 0 })).toMatchObject({ iterations: 0 });
    const aborted = new AbortController();
    aborted.abort();
    const { outcome, iterations: steps } = solve(beale, { solver: lbfgs(), signal: aborted.signal });
    expect({ outcome, steps }).toEqual({ outcome: "interrupted", steps: 0 });
  });

  it("goes to the limit of float64 with tolerance 0", () => {
    const { outcome, reason, gradientNorm } = solve(surfaces.goldsteinPrice, {
      solver: newton(),
      tolerance: 0,
      start: [0.2, -0.8],
    });
    expect([outcome, reason]).toEqual(["converged", expect.stringMatching(/^float64 cannot resolve a lower value/)]);
    expect(gradientNorm).toBeLessThan(1e-9);
  });

  it("stalls if the gradient is wrong", () => {
    const wrong = functionOf(
      1,
      ([x]) => x * x,
      ([x]) => [-2 * x],
    );
    expect(solve(wrong, { solver: lbfgs(), start: [1] }).outcome).toBe("stalled");
  });

  it("copes with points where the function is undefined", () => {
    const walled = surface({ name: "walled", text: "x - log(x) + y^2 - log(1 - y)", start: [1e-3, 0.9] });
    for (const name of ["lbfgs", "bfgs", "newton", "newton-trust-region", "conjugate-gradient", "barzilai-borwein"]) {
      const { outcome, x } = solve(walled, { solver: findSolver(name)() });
      expect(outcome, name).toBe("converged");
      expect(x[0], name).toBeCloseTo(1, 7);
      expect(x[1], name).toBeCloseTo((1 - Math.sqrt(3)) / 2, 7);
    }
  });

  it("throws for a start, an option or an objective that does not fit", () => {
    const run = (options: object) => () => solve(beale, { solver: lbfgs(), ...options });
    expect(run({ start: [1] })).toThrow(/beale: the start is \[1\]; 2 finite numbers are needed/);
    expect(run({ start: [1, Number.NaN] })).toThrow(/\[1, NaN\]; 2 finite numbers/);
    expect(run({ maxIterations: -1 })).toThrow(/maxIterations is -1; it must be a whole number, 0 or more/);
    expect(run({ tolerance: Number.NaN })).toThrow(/tolerance is NaN/);
    expect(() => solve(surfaces.ackley(), { solver: levenbergMarquardt() })).toThrow(
      /levenberg-marquardt: ackley does not provide residuals, whose sum of squares it is, nor products/,
    );
    const plain = functionOf(
      1,
      ([x]) => x * x,
      ([x]) => [2 * x],
    );
    expect(() => solve(plain, { solver: lbfgs() })).toThrow(/give a start of length 1/);
    expect(() => solve(plain, { solver: newton(), start: [1] })).toThrow(
      /newton: function does not provide the Hessian/,
    );
    const log = surface({ name: "log", text: "log(x) + y", start: [-1, 0] });
    expect(() => solve(log, { solver: lbfgs() })).toThrow(/at the start \[-1, 0\] is not finite; start elsewhere/);
  });
});

describe("objectives that return promises", () => {
  const later = {
    name: "later",
    dimension: 2,
    value: async ([x, y]: Float64Array) => (x - 1) ** 2 + 10 * (y + 2) ** 4,
    gradient: async ([x, y]: Float64Array, g: Float64Array) => {
      g.set([2 * (x - 1), 40 * (y + 2) ** 3]);
      return (x - 1) ** 2 + 10 * (y + 2) ** 4;
    },
    hessianProduct: async ([, y]: Float64Array, v: Float64Array, to: Float64Array) =>
      to.set([2 * v[0], 120 * (y + 2) ** 2 * v[1]]),
  };

  it("take the same steps", async () => {
    const now: Objective = {
      ...functionOf(
        2,
        ([x, y]) => (x - 1) ** 2 + 10 * (y + 2) ** 4,
        ([x, y]) => [2 * (x - 1), 40 * (y + 2) ** 3],
      ),
      hessianProduct: ([, y], v, to) => to.set([2 * v[0], 120 * (y + 2) ** 2 * v[1]]),
    };
    const options = { solver: lbfgs(), start: [5, 5], path: true };
    const [waited, atOnce] = [await solveLater(later, options), solve(now, options)];
    expect(waited).toEqual(atOnce);
    expect((await solveLater(later, { solver: newtonCG(), start: [5, 5] })).outcome).toBe("converged");
  });

  it("are followed point by point", async () => {
    const values: number[] = [];
    for await (const { index, value } of iterations(later, { solver: lbfgs(), start: [5, 5], maxIterations: 4 })) {
      expect(index).toBe(values.length);
      values.push(value);
    }
    expect(values).toHaveLength(5);
    expect(values[0]).toBe(16 + 10 * 7 ** 4);
    expect(values.every((value, k) => k === 0 || value < values[k - 1])).toBe(true);
  });
});

describe("the registry", () => {
  it("finds every method by its name, with its settings checked", () => {
    expect(solverNames).toHaveLength(solvers.length);
    expect(new Set(solverNames).size).toBe(solverNames.length);
    for (const { spec } of solvers) {
      expect(findSolver(spec.name).spec).toBe(spec);
      expect(findSolver(spec.name)().name).toBe(spec.name);
      expect(findSolver(spec.name.toUpperCase())(spec.settings).name).toBe(spec.name);
      expect(() => findSolver(spec.name)({ wrong: 1 })).toThrow(/setting "wrong" is not known/);
    }
    expect(findSolver("l-bfgs").spec.name).toBe("lbfgs");
    expect(() => findSolver("lbfsg")).toThrow(/solver "lbfsg" is not known; did you mean lbfgs\?/);
  });

  it("refuses settings that make no sense", () => {
    expect(() => lbfgs({ memory: 0 })).toThrow(/lbfgs: memory is 0; it must be a whole number, 1 or more/);
    expect(() => findSolver("conjugate-gradient")({ formula: "fletcher-reves" })).toThrow(
      /formula is "fletcher-reves"; did you mean fletcher-reeves\?/,
    );
    expect(() => findSolver("kfac")({ damping: -1 })).toThrow(/damping is -1; it must be a number above 0/);
  });

  it("lets users combine directions and step lengths", () => {
    const own = descent({ direction: directions.lbfgs({ memory: 5 }), stepLength: stepLengths.armijo() });
    expect(own.name).toBe("L-BFGS, Armijo");
    expect(solve(beale, { solver: own }).outcome).toBe("converged");
  });
});
