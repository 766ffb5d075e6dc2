import { expect, test } from "vitest";
import { fitCurve } from "../../src/curves/index.ts";
import { toSvg, toTerminal } from "../../src/figure/index.ts";
import { Random } from "../../src/random/index.ts";
import { figureWords, originWords } from "../../src/report/curve/curve-words.ts";
import { curveFigure, curveNotes, curveRecord } from "../../src/report/index.ts";

/** y = 1 + 2x − 3z + noise. */
function plane(rows: number) {
  const random = new Random(1, "plane");
  const x = Array.from({ length: rows }, () => random.uniform());
  const z = Array.from({ length: rows }, () => random.uniform());
  return { x, z, y: x.map((each, i) => 1 + 2 * each - 3 * z[i] + 0.1 * random.normal()) };
}

const notesOf = (formula: string, more = {}): string[] =>
  curveNotes(curveRecord(fitCurve({ formula, data: plane(30), predict: "y", ...more })));

test("one predictor gets a curve over its range with bands around it", () => {
  const { x, y } = plane(40);
  const { path } = curveRecord(fitCurve({ formula: "y = a + b*x", data: { x, y } }));
  expect([path?.x[0], path?.x.at(-1)]).toEqual([Math.min(...x), Math.max(...x)]);
  for (const [i, value] of (path?.y ?? []).entries()) {
    const [inner, outer] = [path?.confidence[i] ?? [0, 0], path?.prediction[i] ?? [0, 0]];
    const order = [outer[0], inner[0], value ?? Number.NaN, inner[1], outer[1]];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  }
});

test("several predictors get the observed over the fitted values", () => {
  const record = curveRecord(fitCurve({ formula: "y = a + b*x + c*z", data: plane(40) }));
  expect(record.path).toBeUndefined();
  const figure = curveFigure(record);
  expect(figure.panels.map(({ x, y }) => [x.label, y.label])).toEqual([
    ["fitted", "observed y"],
    ["fitted", "residual"],
  ]);
  expect(toSvg(figure)).toContain("observed y");
  expect(toTerminal(figure, { width: 60, color: false })).toContain("●");
});

test("of many rows the record keeps a part, but the fit uses all", () => {
  const record = curveRecord(fitCurve({ formula: "y = a + b*x^n + c*z", data: plane(5000), start: { n: 1.5 } }));
  expect(record.observations).toBe(5000);
  expect([record.observed.length, record.fitted.length, record.columns.x.length]).toEqual([1667, 1667, 1667]);
  const [a, , n] = record.parameters;
  expect(Math.abs(n.value - 1) / (n.standardError ?? 0)).toBeLessThan(4);
  expect(a.standardError).toBeLessThan(0.02);
});

test("notes tell what a reader must know, and nothing else", () => {
  expect(notesOf("a + b*x + c*z")).toEqual([]);
  expect(notesOf("a + b*x + c*z", { bounds: { b: [3, 9] } })).toEqual([
    expect.stringContaining("b is at its lower bound 3, beyond which the fit would be better"),
  ]);
  expect(notesOf("a + b*d*x + c*z")).toEqual([expect.stringContaining("the data do not determine b and d")]);
  expect(notesOf("a + b*x + c*z", { loss: "huber", scale: 5 })).toEqual([
    expect.stringMatching(/^all residuals are below the scale 5, .* half of them are below 0\.0\d+, so try --scale/),
  ]);
  expect(notesOf("a + b*x + c*z", { loss: "huber", scale: 0.05 })).toEqual([]);
  expect(notesOf("a + b*x + c*(x + 0.001*z)")).toEqual([expect.stringContaining("strongly correlated")]);
  expect(notesOf("a + b*x^2 + c*exp(z)", { maxIterations: 1, start: { a: 50, b: 50, c: 50 }, loss: "cauchy" })).toEqual(
    expect.arrayContaining([expect.stringContaining("the fit has not converged (maximum iterations)")]),
  );
});

test("the caption names the bands that are drawn, and the origin says what became of the starts", () => {
  const { x, y } = plane(40);
  const record = curveRecord(fitCurve({ formula: "y = a + b*x", data: { x, y } }));
  expect(figureWords(record)).toBe(
    "Above, the data with the fitted curve, shaded its 95 % confidence band, and dotted the limits of 95 % of new measurements; then the residuals.",
  );
  const { path = { x: [], y: [], confidence: [], prediction: [] } } = record;
  const without = {
    ...record,
    path: { ...path, confidence: path.x.map(() => null), prediction: path.x.map(() => null) },
  };
  expect(figureWords(without)).toBe("Above, the data with the fitted curve; then the residuals.");
  expect(originWords({ ...record, starts: { tried: 600, walked: 24, reached: 15 } })).toMatch(
    /600 starts compared, a search from the best 24, of which 15 reached this fit$/,
  );
});
