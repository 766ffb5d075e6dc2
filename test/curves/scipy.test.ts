import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type CurveBound,
  type CurveFit,
  type CurveOptions,
  fitCurve,
  type RobustLoss,
} from "../../src/curves/index.ts";

interface Case {
  readonly name: string;
  readonly formula: string;
  readonly y: readonly number[];
  readonly start: Readonly<Record<string, number>>;
  readonly options: {
    readonly bounds?: Readonly<Record<string, CurveBound>>;
    readonly loss?: RobustLoss;
    readonly scale?: number;
    readonly sigma?: true;
    readonly absolute?: true;
  };
  readonly parameters: Readonly<Record<string, number>>;
  readonly atBound: Readonly<Record<string, boolean>>;
  readonly loss: number;
  readonly covariance: readonly (readonly number[])[] | null;
  readonly bands?: {
    readonly x: readonly number[];
    readonly level: number;
    readonly value: readonly number[];
    readonly confidence: readonly number[];
    readonly prediction: readonly number[];
  };
}

const goldens: {
  readonly x: readonly number[];
  readonly sigma: readonly number[];
  readonly cases: readonly Case[];
} = JSON.parse(readFileSync(new URL("../goldens/curves/scipy.json", import.meta.url), "utf8"));

function fitted({ formula, y, options }: Case, more: Partial<CurveOptions>): CurveFit {
  const { bounds, loss, scale, sigma, absolute } = options;
  return fitCurve({
    ...{ formula, predict: "y" },
    data: { x: goldens.x, y, error: goldens.sigma },
    ...(bounds && { bounds }),
    ...(loss && { loss }),
    ...(scale !== undefined && { scale }),
    ...(sigma && { sigma: "error" }),
    ...(absolute && { absoluteSigma: true }),
    ...more,
  });
}

/** SciPy ends its searches before the last digits. */
const close = (value: number | null | undefined, golden: number, tolerance = 1e-6): void =>
  expect(Math.abs((value ?? Number.NaN) - golden)).toBeLessThanOrEqual(tolerance * Math.max(1e-3, Math.abs(golden)));

describe.each(goldens.cases.map((each) => [each.name, each] as const))("%s, as in SciPy", (_, golden) => {
  const fit = fitted(golden, { start: golden.start });

  it("has the parameters and the loss of least_squares", () => {
    for (const { name, value } of fit.parameters) close(value, golden.parameters[name]);
    close(fit.loss.value, golden.loss, 1e-9);
    expect(fit.loss.value).toBeLessThanOrEqual(golden.loss * (1 + 1e-12));
  });

  it("is at a bound exactly where SciPy is, and has no standard error there", () => {
    for (const { name, value, atBound, standardError, interval } of fit.parameters) {
      expect([name, atBound !== undefined]).toEqual([name, golden.atBound[name]]);
      if (atBound === undefined) expect(standardError).toBeGreaterThan(0);
      else {
        expect([standardError, interval]).toEqual([null, null]);
        expect(golden.options.bounds?.[name]).toContain(value);
      }
    }
  });

  it.runIf(golden.covariance)("has curve_fit's covariance", () => {
    const names = Object.keys(golden.start);
    const order = fit.parameters.map(({ name }) => names.indexOf(name));
    const deviation = (i: number): number => Math.sqrt(golden.covariance?.[i][i] ?? Number.NaN);
    for (const [a, i] of order.entries())
      for (const [b, j] of order.entries()) {
        const scale = deviation(i) * deviation(j);
        close((fit.covariance[a][b] ?? Number.NaN) / scale, (golden.covariance?.[i][j] ?? Number.NaN) / scale);
      }
  });

  it.runIf(golden.bands)("has bands as they follow from that covariance", () => {
    const { x, level, value, confidence, prediction } = golden.bands ?? {
      x: [],
      level: 0.9,
      value: [],
      confidence: [],
      prediction: [],
    };
    const rows: Readonly<Record<string, readonly number[]>> = golden.options.sigma
      ? { x, error: x.map(() => 1) }
      : { x };
    const banded = fitted(golden, { start: golden.start, level }).predict(rows);
    for (const [i, row] of banded.entries()) {
      close(row.value, value[i]);
      close((row.confidence?.[1] ?? Number.NaN) - row.value, confidence[i]);
      close(row.value - (row.prediction?.[0] ?? Number.NaN), prediction[i]);
    }
  });

  it("is found without a start, or a lower loss is", () => {
    const found = fitted(golden, {});
    expect(found.loss.value).toBeLessThanOrEqual(golden.loss * (1 + 1e-9));
    expect(found.outcome.kind).toBe("converged");
  });
});
