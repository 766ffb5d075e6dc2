import { describe, expect, it } from "vitest";
import { errorOfMean, errorOfMeanInBlocks, fitLine, mean } from "../../lecture/samples.ts";
import { Random } from "../../src/random/index.ts";

describe("samples", () => {
  it("have the mean and its standard error that NumPy 2.4.6 finds", () => {
    const z = [1, 2, 4, 8, -1, 3];
    expect(mean(z)).toBeCloseTo(17 / 6, 14);
    expect(errorOfMean(z)).toBeCloseTo(1.2494443209327541, 14);
  });

  it("lie about the line that NumPy's polyfit finds, with its unscaled covariance", () => {
    const x = [0, 1, 2, 4, 5];
    const y = [1.1, 0.4, 0.1, -1.3, -1.2];
    const error = [0.1, 0.2, 0.1, 0.4, 0.3];
    const { slope, slopeError, intercept } = fitLine(x.map((at, i) => ({ x: at, y: y[i], error: error[i] })));
    expect(slope).toBeCloseTo(-0.49337794, 8);
    expect(intercept).toBeCloseTo(1.06987476, 8);
    expect(slopeError).toBeCloseTo(0.048937939699317826, 12);
  });

  it("that resemble their neighbours are judged by blocks", () => {
    // xₜ = ρxₜ₋₁ + √(1 − ρ²)·ε has variance 1, and its mean the error √((1 + ρ)/(1 − ρ)/n).
    const [rho, n] = [0.9, 200_000];
    const random = new Random(2, "series");
    let x = 0;
    const series = Array.from({ length: n }, () => {
      x = rho * x + Math.sqrt(1 - rho * rho) * random.normal();
      return x;
    });
    const expected = Math.sqrt((1 + rho) / (1 - rho) / n);
    expect(errorOfMeanInBlocks(series, 400) / expected).toBeGreaterThan(0.9);
    expect(errorOfMeanInBlocks(series, 400) / expected).toBeLessThan(1.1);
    expect(errorOfMean(series) / expected).toBeLessThan(0.3);
  });
});
