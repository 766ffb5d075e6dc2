import { describe, expect, it } from "vitest";
import { fitCurve } from "../../src/curves/index.ts";

/** R's data set `cars` (Ezekiel 1930): speeds in miles per hour, and stopping distances in feet. */
const cars = {
  speed: [
    ...[4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15],
    ...[15, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25],
  ],
  dist: [
    ...[2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60, 80, 20, 26],
    ...[54, 32, 40, 32, 40, 50, 42, 56, 76, 84, 36, 46, 68, 32, 48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85],
  ],
};

describe("R's line through cars, as summary(lm(dist ~ speed, cars)) prints it", () => {
  const fit = fitCurve({ formula: "dist = a + b*speed", data: cars });

  it("has its coefficients, standard errors and R²", () => {
    const [a, b] = fit.parameters;
    expect([a.value, a.standardError]).toEqual([expect.closeTo(-17.5791, 4), expect.closeTo(6.7584, 4)]);
    expect([b.value, b.standardError]).toEqual([expect.closeTo(3.9324, 4), expect.closeTo(0.4155, 4)]);
    expect(b.interval).toEqual([expect.closeTo(3.096964, 6), expect.closeTo(4.767853, 6)]);
    expect(fit.residualStandardError).toBeCloseTo(15.38, 2);
    expect([fit.r2, fit.adjustedR2]).toEqual([expect.closeTo(0.6511, 4), expect.closeTo(0.6438, 4)]);
    expect([fit.observations, fit.degreesOfFreedom]).toEqual([50, 48]);
  });

  it("has its AIC and BIC", () => {
    expect([fit.aic, fit.bic]).toEqual([expect.closeTo(419.1569, 4), expect.closeTo(424.8929, 4)]);
  });

  it("needs one start, since the formula is linear in its parameters", () => {
    expect(fit.starts).toEqual({ tried: 1, walked: 1, reached: 1 });
  });
});

describe("Puromycin (Bates & Watts 1988, Nonlinear regression analysis, table A1.3, treated)", () => {
  const conc = [0.02, 0.02, 0.06, 0.06, 0.11, 0.11, 0.22, 0.22, 0.56, 0.56, 1.1, 1.1];
  const rate = [76, 47, 97, 107, 123, 139, 159, 152, 191, 201, 207, 200];

  it("has the parameters and standard errors that R's nls prints", () => {
    const fit = fitCurve({ formula: "rate = Vm*conc/(K + conc)", data: { conc, rate } });
    const named = Object.fromEntries(fit.parameters.map((each) => [each.name, each]));
    expect(named.Vm).toMatchObject({ value: expect.closeTo(212.7, 1), standardError: expect.closeTo(6.947, 3) });
    expect(named.K).toMatchObject({ value: expect.closeTo(0.06412, 5), standardError: expect.closeTo(0.008281, 6) });
    expect(fit.residualStandardError).toBeCloseTo(10.93, 2);
  });
});
