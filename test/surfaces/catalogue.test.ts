import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkGradient, evaluateScalar, input } from "../../src/expr/index.ts";
import { objectiveOf, surfaceObjective } from "../../src/objective/index.ts";
import * as catalogue from "../../src/surfaces/catalogue.ts";
import { surface } from "../../src/surfaces/surface.ts";
import { examined, kindOf, look, pointsOf } from "./known-points.ts";

interface Golden {
  readonly cases: readonly {
    readonly name: string;
    readonly at: readonly number[];
    readonly value: number;
    readonly gradient: readonly number[];
    readonly hessian: readonly number[];
  }[];
}

const golden: Golden = JSON.parse(readFileSync(new URL("../goldens/surfaces/values.json", import.meta.url), "utf8"));
const { surfaces, findSurface } = catalogue;

const feeds = (variables: readonly string[], at: readonly number[]) =>
  Object.fromEntries(variables.map((name, i) => [name, at[i]]));

describe("every known critical point", () => {
  const all = examined.flatMap((each) => pointsOf(each).map((known) => ({ surface: each, ...known })));

  it("is one of many", () => {
    expect(surfaces.length).toBeGreaterThan(20);
    expect(all.length).toBeGreaterThan(180);
  });

  it.each(examined.map((each) => [`${each.name}, ${each.variables.length} variables`, each] as const))(
    "of %s",
    (_, s) => {
      const start = Math.abs(look(s, s.start).value);
      for (const { kind, point } of pointsOf(s)) {
        const { at, value } = point;
        expect(at.every((x, i) => x >= s.domain[i][0] && x <= s.domain[i][1])).toBe(true);
        if (point.kink === true) continue;
        const there = look(s, at);
        // The points are given to all digits, so only rounding is left: in the value, and in the gradient what rounding
        // the point does to it.
        expect(Math.abs(there.value - value)).toBeLessThanOrEqual(1e-14 * (1 + start + Math.abs(value)));
        const curvature = Math.max(...there.model.curvatures.map(Math.abs));
        expect(there.gradientNorm).toBeLessThanOrEqual(4e-15 * (1 + curvature) * (1 + Math.hypot(...at)));
        if (s.name === "monkey-saddle") expect([...there.model.curvatures].map(Math.abs)).toEqual([0, 0]);
        else expect(kindOf(there.model.curvatures)).toBe(kind);
      }
    },
  );

  it("at the tip of a cone has no gradient, but no lower values nearby", () => {
    const cones = all.filter(({ point }) => point.kink === true);
    expect(cones.map(({ surface: { name } }) => name)).toEqual(["ackley"]);
    for (const { surface: s, point } of cones) {
      const value = (at: readonly number[]) => evaluateScalar(s.expression, feeds(s.variables, at));
      expect(Math.abs(value(point.at) - point.value)).toBeLessThan(1e-14);
      for (let angle = 0; angle < 6.3; angle += 0.1) {
        // Along every direction the value rises at once, by the slope 4/√2 of 20(1 − exp(−0.2r/√2)).
        const beside = point.at.map((x, i) => x + 1e-3 * (i === 0 ? Math.cos(angle) : Math.sin(angle)));
        expect((value(beside) - point.value) / 1e-3).toBeCloseTo(4 / Math.SQRT2, 1);
      }
    }
  });

  it("has its published value and location", () => {
    // To the digits given in Jamil & Yang 2013 (their numbers 10, 17, 25, 29–31, 50, 58, 60, 71, 105, 128, 144), in
    // Surjanovic & Bingham's Virtual library of simulation experiments, and for Goldstein & Price in their paper.
    const published: Record<string, readonly (readonly [value: number, at: readonly number[], digits: number])[]> = {
      beale: [[0, [3, 0.5], 4]],
      rosenbrock: [[0, [1, 1], 4]],
      himmelblau: [
        [0, [3, 2], 4],
        [0, [-2.805118, 3.131312], 6],
        [0, [-3.77931, -3.283186], 6],
        [0, [3.584428, -1.848127], 6],
      ],
      booth: [[0, [1, 3], 4]],
      matyas: [[0, [0, 0], 4]],
      "three-hump-camel": [[0, [0, 0], 4]],
      "six-hump-camel": [
        [-1.0316, [-0.0898, 0.7126], 4],
        [-1.0316, [0.0898, -0.7126], 4],
      ],
      "goldstein-price": [
        [3, [0, -1], 4],
        [30, [-0.6, -0.4], 4],
        [84, [1.8, 0.2], 4],
        [840, [1.2, 0.8], 4],
      ],
      branin: [
        [0.397887, [-Math.PI, 12.275], 6],
        [0.397887, [Math.PI, 2.275], 6],
        [0.397887, [9.42478, 2.475], 5],
      ],
      mccormick: [[-1.9133, [-0.547, -1.547], 3]],
      easom: [[-1, [Math.PI, Math.PI], 6]],
      "styblinski-tang": [[-78.332, [-2.903534, -2.903534], 3]],
      zakharov: [[0, [0, 0], 4]],
      rastrigin: [[0, [0, 0], 4]],
      ackley: [[0, [0, 0], 4]],
      griewank: [[0, [0, 0], 4]],
      levy: [[0, [1, 1], 4]],
    };
    for (const [name, minima] of Object.entries(published))
      for (const [value, at, digits] of minima) {
        const unit = 10 ** -digits;
        const [found] = findSurface(name).minima.filter(
          (known) => Math.hypot(...known.at.map((x, i) => x - at[i])) < 1e-3,
        );
        expect(found, `${name} at ${at}`).toBeDefined();
        expect(Math.abs(found.value - value)).toBeLessThanOrEqual(unit);
        for (const [i, x] of found.at.entries()) expect(Math.abs(x - at[i])).toBeLessThanOrEqual(unit);
      }
  });
});

describe("every surface", () => {
  const baseOf = ({ name }: { readonly name: string }) => name.split(":")[0];

  it.each(surfaces.map(({ name }) => name))("%s has the values, gradients and Hessians of another program", (base) => {
    const cases = golden.cases.filter((each) => baseOf(each) === base);
    expect(cases.length, "run scripts/goldens/surfaces.py").toBeGreaterThan(0);
    for (const { name, at, value, gradient, hessian } of cases) {
      const objective = surfaceObjective(findSurface(name));
      const [g, h] = [new Float64Array(gradient.length), new Float64Array(hessian.length)];
      // Several terms cancel in these sums, so rounding is measured by the largest of the numbers.
      const near = (found: ArrayLike<number>, wanted: readonly number[]): void => {
        const most = Math.max(1, Math.abs(value), ...wanted.map(Math.abs));
        for (const [i, x] of wanted.entries()) expect(Math.abs(found[i] - x), name).toBeLessThan(1e-12 * most);
      };
      near([objective.gradient(Float64Array.from(at), g)], [value]);
      objective.hessian(Float64Array.from(at), h);
      near(g, gradient);
      near(h, hessian);
    }
  });

  it.each(surfaces.map((s) => [s.name, s] as const))(
    "%s has the slopes of its values, and its text is its formula",
    (_, s) => {
      const inside = fc.tuple(...s.domain.map(([min, max]) => fc.double({ min, max, noNaN: true })));
      const objective = objectiveOf(s);
      const again = surface({ name: s.name, text: s.text, variables: s.variables });
      fc.assert(
        fc.property(inside, (at) => {
          const there = feeds(s.variables, at);
          const value = evaluateScalar(s.expression, there);
          expect(objective.gradient(Float64Array.from(at), new Float64Array(at.length))).toBe(value);
          expect(evaluateScalar(again.expression, there)).toBe(value);
          // Ackley's cone has no slope at its point.
          fc.pre(s.name !== "ackley" || Math.hypot(...at) > 0.01);
          const steepness = 1 + Math.abs(value);
          const check = checkGradient(
            s.expression,
            s.variables.map((name) => input(name)),
            there,
          );
          expect(check.error / steepness).toBeLessThan(1e-6);
        }),
        { numRuns: 30 },
      );
    },
  );

  it("has a source, a title and a unique name", () => {
    expect(new Set(surfaces.map(({ name }) => name)).size).toBe(surfaces.length);
    for (const { source, title } of surfaces) expect(Math.min(source.length, title.length)).toBeGreaterThan(3);
  });
});

describe("findSurface", () => {
  it("knows names, sizes and condition numbers", () => {
    expect(findSurface("Beale")).toBe(catalogue.beale);
    expect(findSurface("rosenbrock:10").variables).toHaveLength(10);
    expect(findSurface("quadratic:1000").text).toBe("0.5*(x^2 + 1000*y^2)");
    expect(findSurface("long-valley:50").domain[1]).toEqual([-1.5, 1.5]);
  });

  it("suggests the nearest name, and lists the sizes", () => {
    expect(() => findSurface("bealle")).toThrow('surface "bealle" is not known; did you mean beale?');
    expect(() => findSurface("beale:3")).toThrow("beale takes no size");
    expect(() => findSurface("rosenbrock:1")).toThrow("the number of variables is 1; it must be a whole number from 2");
    expect(() => findSurface("levy:two")).toThrow("the number of variables is NaN");
    expect(() => findSurface("quadratic:-1")).toThrow("the condition number is -1; it must be positive");
    expect(() => catalogue.twoValleys(2)).toThrow("the tilt is 2");
  });
});

describe("surface", () => {
  const spec = { name: "mine", text: "x^2 + y^2" };

  it("refuses points and domains that do not fit, and formulas that are not scalar", () => {
    expect(() => surface({ ...spec, start: [1] })).toThrow(
      "mine: the start is [1]; 2 finite numbers are needed, for x, y",
    );
    expect(() => surface({ ...spec, start: [1, Number.NaN] })).toThrow("2 finite numbers");
    expect(() => surface({ ...spec, domain: [[0, 1]] })).toThrow(
      "the domain [0, 1] has 1 intervals; give one for each variable (x, y)",
    );
    expect(() =>
      surface({
        ...spec,
        domain: [
          [0, 1],
          [2, 2],
        ],
      }),
    ).toThrow("each interval must be two finite numbers, the smaller first");
    expect(() => surface({ ...spec, minima: [{ at: [0], value: 0 }] })).toThrow("a point of minima is [0]");
    expect(() => surface({ ...spec, text: "[1, 2]*x" })).toThrow("value has shape [2]; it must be a single number");
    expect(() => surface({ ...spec, text: "x^2 + z" })).toThrow('line 1, column 7: unknown name "z"');
  });
});
