import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { objectiveOf } from "../../src/objective/index.ts";
import { residualsOf } from "../../src/objective/residuals.ts";
import type { LeastSquares } from "../../src/surfaces/least-squares.ts";
import * as mgh from "../../src/surfaces/more-garbow-hillstrom/index.ts";
import { sumOfSquares } from "../../src/surfaces/sum-of-squares.ts";

interface Golden {
  readonly name: string;
  readonly size?: number;
  readonly start: readonly number[];
  readonly startResiduals: readonly number[];
  readonly at: readonly number[];
  readonly residuals: readonly number[];
  readonly jacobian?: readonly number[];
  readonly gradient?: readonly number[];
  readonly end: { readonly at: readonly number[]; readonly value: number };
}

interface Run {
  readonly problem: string;
  readonly n: number;
  readonly m: number;
  readonly factor: number;
  readonly initial: number;
  readonly final?: number;
  readonly at?: readonly number[];
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../goldens/surfaces/${name}`, import.meta.url), "utf8"));
const golden: { readonly problems: readonly Golden[]; readonly sized: readonly Golden[] } =
  read("more-garbow-hillstrom.json");
const minpack: { readonly runs: readonly Run[] } = read("minpack.json");

/** Problems by the names that MINPACK's runs have in the golden file, in a size. */
const inSize: Readonly<Record<string, (n: number, m: number) => LeastSquares>> = {
  rosenbrock: () => mgh.rosenbrock,
  freudensteinRoth: () => mgh.freudensteinRoth,
  powellBadlyScaled: () => mgh.powellBadlyScaled,
  helicalValley: () => mgh.helicalValley,
  powellSingular: () => mgh.powellSingular,
  bard: () => mgh.bard,
  kowalikOsborne: () => mgh.kowalikOsborne,
  meyer: () => mgh.meyer,
  osborne1: () => mgh.osborne1,
  osborne2: () => mgh.osborne2,
  jennrichSampson: (_, m) => mgh.jennrichSampson(m),
  box: (_, m) => mgh.box(m),
  brownDennis: (_, m) => mgh.brownDennis(m),
  watson: (n) => mgh.watson(n),
  penalty1: (n) => mgh.penalty1(n),
  penalty2: (n) => mgh.penalty2(n),
  trigonometric: (n) => mgh.trigonometric(n),
  brownAlmostLinear: (n) => mgh.brownAlmostLinear(n),
  discreteBoundaryValue: (n) => mgh.discreteBoundaryValue(n),
  discreteIntegralEquation: (n) => mgh.discreteIntegralEquation(n),
  broydenTridiagonal: (n) => mgh.broydenTridiagonal(n),
  broydenBanded: (n) => mgh.broydenBanded(n),
  linearFullRank: (n, m) => mgh.linearFullRank(n, m),
  linearRankOne: (n, m) => mgh.linearRankOne(n, m),
  linearRankOneWithZeros: (n, m) => mgh.linearRankOneWithZeros(n, m),
  chebyquad: (n, m) => mgh.chebyquad(n, m),
};

function compute(problem: LeastSquares) {
  const f = residualsOf(problem);
  const [r, jacobian] = [new Float64Array(f.count), new Float64Array(f.count * f.dimension)];
  const at = (x: readonly number[]) => {
    f.residualsAndJacobian(Float64Array.from(x), r, jacobian);
    return { residuals: [...r], jacobian: [...jacobian], sum: r.reduce((sum, value) => sum + value * value, 0) };
  };
  return { f, at };
}

/** Whether two lists agree to `digits`, measured by the largest number: terms that cancel leave its rounding behind. */
function expectNear(found: readonly number[], wanted: readonly number[], accuracy: number): void {
  expect(found).toHaveLength(wanted.length);
  const most = Math.max(Number.MIN_VALUE, ...wanted.map(Math.abs));
  for (const [i, x] of wanted.entries()) expect(Math.abs(found[i] - x) / most).toBeLessThan(accuracy);
}

/** Whether a value has the six digits that are published, cut or rounded. Where it is 0, solvers stop a little above. */
const isPublished = (value: number, published: number): boolean =>
  published === 0 ? value < 1e-20 : Math.abs(value / published - 1) < 1e-5;

describe("the problems of Moré, Garbow and Hillstrom", () => {
  it("are 35", () => {
    expect(mgh.problems).toHaveLength(35);
    expect(mgh.problems.map(({ name }) => name)).toEqual(golden.problems.map(({ name }) => name));
    for (const [i, { source }] of mgh.problems.entries()) expect(source).toMatch(new RegExp(`problem ${i + 1}$`));
  });

  const cases = [
    ...mgh.problems.map((problem, i) => ({ problem, wanted: golden.problems[i] })),
    ...golden.sized.map((wanted) => ({ problem: inSize[wanted.name](wanted.size ?? 0, wanted.size ?? 0), wanted })),
  ];

  it.each(cases.map((each) => [`${each.problem.name}, n = ${each.wanted.start.length}`, each] as const))(
    "%s: start, residuals and derivatives are those of another program",
    (_, { problem, wanted }) => {
      const { f, at } = compute(problem);
      expect(f.count).toBe(problem.count);
      expectNear(problem.starts[0], wanted.start, 1e-15);
      expectNear(at(wanted.start).residuals, wanted.startResiduals, 1e-13);
      const aside = at(wanted.at);
      expectNear(aside.residuals, wanted.residuals, 1e-13);
      if (wanted.jacobian !== undefined) expectNear(aside.jacobian, wanted.jacobian, 1e-12);
      // The same as a surface: value and gradient 2Jᵀr.
      const slope = wanted.start.map((_, j) =>
        aside.residuals.reduce((sum, r, i) => sum + 2 * r * aside.jacobian[i * f.dimension + j], 0),
      );
      if (wanted.gradient !== undefined) expectNear(slope, wanted.gradient, 1e-11);
      const g = new Float64Array(f.dimension);
      const value = objectiveOf(sumOfSquares(problem)).gradient(Float64Array.from(wanted.at), g);
      expectNear([value], [aside.sum], 1e-13);
      expectNear([...g], slope, 1e-11);
    },
  );

  it.each(cases.map((each) => [`${each.problem.name}, n = ${each.wanted.start.length}`, each] as const))(
    "%s has the published minima",
    (_, { problem, wanted }) => {
      const { at } = compute(problem);
      expect(problem.minima.length).toBeGreaterThan(0);
      for (const { at: place, value } of problem.minima)
        if (place !== undefined) expect(isPublished(at(place).sum, value)).toBe(true);
      // SciPy's solver, started at the standard start, ends at one of the published values.
      const end = at(wanted.end.at).sum;
      if (wanted.end.value > 1e-12) expect(Math.abs(end / wanted.end.value - 1)).toBeLessThan(1e-6);
      expect(problem.minima.some(({ value }) => isPublished(end, value))).toBe(true);
    },
  );

  it("publishes the limits of Bard and of Kowalik & Osborne, which no point attains", () => {
    const last = ({ minima }: LeastSquares) => minima[minima.length - 1];
    expect(isPublished(compute(mgh.bard).at([0.8406666666666667, -1e9, -1e9]).sum, last(mgh.bard).value)).toBe(true);
    const far = minpack.runs.find(({ problem, factor }) => problem === "kowalikOsborne" && factor === 10)?.at ?? [];
    expect(isPublished(compute(mgh.kowalikOsborne).at(far).sum, last(mgh.kowalikOsborne).value)).toBe(true);
  });

  it("have the norms that MINPACK's own drivers print, at starts near and far, and where it stops", () => {
    expect(minpack.runs.length).toBeGreaterThan(70);
    for (const { problem, n, m, factor, initial, final, at: end } of minpack.runs) {
      const made = inSize[problem](n, m);
      const { f, at } = compute(made);
      expect([f.dimension, f.count], problem).toEqual([n, m]);
      const start = made.starts[0].map((x) => factor * x);
      // The drivers print eight digits.
      expect(Math.abs(Math.sqrt(at(start).sum) / initial - 1), `${problem} × ${factor}`).toBeLessThan(5.1e-8);
      if (final !== undefined && end !== undefined)
        expect(Math.abs(Math.sqrt(at(end).sum) / final - 1), `${problem} × ${factor}, end`).toBeLessThan(2e-6);
    }
  });

  it("only come in their allowed sizes", () => {
    expect(mgh.extendedRosenbrock(100).count).toBe(100);
    expect(() => mgh.extendedRosenbrock(5)).toThrow("extended-rosenbrock: the size is 5; it must be a multiple of 2");
    expect(() => mgh.watson(32)).toThrow("watson: the size is 32; it must be a whole number from 2 to 31");
    expect(() => mgh.linearRankOne(5, 4)).toThrow("linear-rank-one: the size is 4; it must be a whole number from 5");
    expect(() => mgh.gulf(100)).toThrow("gulf: the size is 100");
  });
});
