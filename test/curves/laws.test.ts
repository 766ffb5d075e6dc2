import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CurveFit, type CurveOptions, fitCurve } from "../../src/curves/index.ts";
import { Random } from "../../src/random/index.ts";

/** A decay with noise. */
function decay(seed: number, rows = 25) {
  const random = new Random(seed, "decay");
  const x = Array.from({ length: rows }, (_, i) => (10 * i) / rows);
  return { x, y: x.map((each) => 4 * Math.exp(-0.6 * each) + 1 + 0.1 * random.normal()) };
}

const start = { a: 3, b: 1, c: 0 };
const formula = "y = a*exp(-b*x) + c";
const fitted = (seed: number, more: Partial<CurveOptions> = {}): CurveFit =>
  fitCurve({ formula, data: decay(seed), start, ...more });
const named = (fit: CurveFit) => Object.fromEntries(fit.parameters.map((each) => [each.name, each]));
const close = (a: number | null | undefined, b: number | null | undefined, tolerance = 1e-7): void =>
  expect(Math.abs((a ?? Number.NaN) / (b ?? Number.NaN) - 1)).toBeLessThan(tolerance);

const seeds = fc.integer({ min: 1, max: 10_000 });
const factors = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
const some = { numRuns: 15 };

describe("for all data", () => {
  it("scaled responses scale the linear parameters and their errors; a scaled predictor divides the rate", () => {
    fc.assert(
      fc.property(seeds, factors, factors, (seed, up, wide) => {
        const { x, y } = decay(seed);
        const data = { x: x.map((each) => each * wide), y: y.map((each) => each * up) };
        const scaled = fitCurve({ formula, data, start: { a: 3 * up, b: 1 / wide, c: 0 } });
        const [plain, other] = [named(fitted(seed)), named(scaled)];
        for (const name of ["a", "c"]) {
          close(other[name].value, plain[name].value * up);
          close(other[name].standardError, (plain[name].standardError ?? 0) * up);
        }
        close(other.b.value, plain.b.value / wide);
        close(other.b.interval?.[1], (plain.b.interval?.[1] ?? 0) / wide);
        close(scaled.r2, fitted(seed).r2);
      }),
      some,
    );
  });

  it("a fixed parameter gives the fit of the formula with its number", () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.5, max: 1.5, noNaN: true }), (seed, c) => {
        const fixed = fitted(seed, { start: { a: 3, b: 1 }, fix: { c } });
        const smaller = fitted(seed, { formula: `y = a*exp(-b*x) + ${c}`, start: { a: 3, b: 1 } });
        expect(fixed.parameters.slice(0, 2)).toEqual(smaller.parameters);
        expect(fixed.parameters[2]).toEqual({ name: "c", value: c, standardError: null, interval: null, fixed: true });
        expect([fixed.aic, fixed.degreesOfFreedom]).toEqual([smaller.aic, smaller.degreesOfFreedom]);
      }),
      some,
    );
  });

  it("a parameter held at a bound gives the others as if it were fixed there", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const held = fitted(seed, { start: { a: 3, b: 0.2, c: 0 }, bounds: { b: [0.01, 0.3] } });
        const fixed = fitted(seed, { start: { a: 3, c: 0 }, fix: { b: 0.3 } });
        expect(named(held).b).toMatchObject({ value: 0.3, standardError: null, atBound: "high" });
        for (const name of ["a", "c"]) close(named(held)[name].value, named(fixed)[name].value);
        close(held.sumOfSquares, fixed.sumOfSquares);
        expect(held.degreesOfFreedom).toBe(fixed.degreesOfFreedom - 1);
      }),
      some,
    );
  });

  it("bounds that the fit does not touch change nothing, and the formula is never computed beyond them", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        // sqrt(b) is NaN below the bound.
        const bounded = fitted(seed, { formula: "y = a*exp(-sqrt(b)^2*x) + c", bounds: { b: [0, 50] } });
        close(named(bounded).b.value, named(fitted(seed)).b.value);
        close(named(bounded).b.standardError, named(fitted(seed)).b.standardError);
      }),
      some,
    );
  });

  it("a weight of 2 is a row that stands there twice, and a weight of 0 one that does not", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { x, y } = decay(seed);
        const weights = x.map((_, i) => (i === 3 ? 2 : i === 5 ? 0 : 1));
        const weighted = fitted(seed, { weights });
        const rows = x.flatMap((_, i) => Array.from({ length: weights[i] }, () => i));
        const repeated = fitCurve({ formula, start, data: { x: rows.map((i) => x[i]), y: rows.map((i) => y[i]) } });
        for (const name of ["a", "b", "c"]) close(named(weighted)[name].value, named(repeated)[name].value);
        close(weighted.sumOfSquares, repeated.sumOfSquares);
        close(weighted.r2, repeated.r2);
        expect([weighted.observations, weighted.dropped]).toEqual([24, 1]);
      }),
      some,
    );
  });

  it("sigma counts by its ratios, and, if absolute, as it is", () => {
    fc.assert(
      fc.property(seeds, factors, (seed, factor) => {
        const sigma = decay(seed).x.map((each) => factor * (1 + each));
        const one = fitted(seed, { sigma: decay(seed).x.map((each) => 1 + each) });
        const relative = fitted(seed, { sigma });
        close(named(relative).a.standardError, named(one).a.standardError);
        const absolute = fitted(seed, { sigma, absoluteSigma: true });
        close(absolute.reducedChiSquare, (one.reducedChiSquare ?? 0) / factor ** 2);
        close(
          (named(absolute).a.standardError ?? 0) * Math.sqrt(absolute.reducedChiSquare ?? 0),
          named(one).a.standardError,
        );
      }),
      some,
    );
  });

  it("a robust loss of a large scale is the sum of squares", () => {
    for (const loss of ["huber", "soft-l1", "cauchy"] as const) {
      const robust = fitted(3, { loss, scale: 1e5 });
      for (const name of ["a", "b", "c"])
        close(named(robust)[name].value, named(fitted(3)).a && named(fitted(3))[name].value, 1e-6);
      close(robust.loss.value, fitted(3).sumOfSquares, 1e-6);
    }
  });

  it("the starts that it tries itself are the same each time, and lead to the fit from a good start", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [one, two] = [fitCurve({ formula, data: decay(seed) }), fitCurve({ formula, data: decay(seed) })];
        expect(JSON.stringify(one)).toBe(JSON.stringify(two));
        close(one.sumOfSquares, fitted(seed).sumOfSquares, 1e-9);
        expect(one.starts.reached).toBeGreaterThan(1);
      }),
      some,
    );
  });
});

describe("what the data do not tell", () => {
  it("is reported for parameters that only occur as a product", () => {
    const { parameters, outcome } = fitCurve({ formula: "y = a*b*x + c", data: decay(1), start: { a: 1, b: 1, c: 0 } });
    expect(parameters.map(({ name, undetermined = false }) => [name, undetermined])).toEqual([
      ["a", true],
      ["b", true],
      ["c", false],
    ]);
    expect(parameters[2].standardError).toBeGreaterThan(0);
    expect(outcome.kind).toBe("converged");
  });

  it("leaves out errors where there are as many parameters as rows", () => {
    const fit = fitCurve({ formula: "y = a + b*x", data: { x: [1, 2], y: [3, 5] } });
    expect(fit).toMatchObject({ degreesOfFreedom: 0, residualStandardError: null, adjustedR2: null });
    expect(fit.parameters.map(({ standardError }) => standardError)).toEqual([null, null]);
    expect(fit.predict({ x: [3] })[0]).toMatchObject({
      value: expect.closeTo(7, 9),
      confidence: null,
      prediction: null,
    });
  });

  it("is no prediction band where the rows lack the weight", () => {
    const { x, y } = decay(1);
    const fit = fitCurve({ formula, data: { x, y, s: x.map((each) => 1 + each) }, sigma: "s", start });
    const [without] = fit.predict({ x: [2] });
    const [small, large] = fit.predict([
      { x: 2, s: 1 },
      { x: 2, s: 10 },
    ]);
    expect(without.prediction).toBeNull();
    expect(without.confidence).toEqual(small.confidence);
    expect(large.prediction?.[1]).toBeGreaterThan(small.prediction?.[1] ?? Number.NaN);
  });

  it("plain data survive JSON", () => {
    const fit = fitted(2);
    const { predict: _, ...plain } = fit;
    expect(JSON.parse(JSON.stringify(fit))).toEqual(plain);
  });
});
