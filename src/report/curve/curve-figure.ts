import { band, type Figure, figure, line, type Mark, marker, panel, rule } from "../../figure/index.ts";
import * as format from "../format.ts";
import type { CurvePath, CurveRecord } from "./curve-record.ts";

/** The data with the curve and its bands, and the residuals; with several predictors the observed over the fitted values. */
export function curveFigure(record: CurveRecord): Figure {
  const { formula, response, predictors, observed, fitted, path, columns } = record;
  const [x, label] = path === undefined ? [fitted, "fitted"] : [columns[predictors[0]], predictors[0]];
  const residuals = observed.map((y, i) => y - fitted[i]);
  const points = marker({ x, y: observed, series: 0, shape: "circle", size: 6, label: "data" });
  return figure({
    title: formula,
    description: `${formula}: the data with the fitted curve, and the residuals.`,
    panels: [
      panel({
        x: { label },
        y: { label: path === undefined ? `observed ${response}` : response },
        marks: path === undefined ? [diagonal(fitted), points] : [...curve(path, record.level), points],
      }),
      panel({
        x: { label },
        y: { label: "residual" },
        marks: [rule({ y: 0 }), marker({ x, y: residuals, series: 0, shape: "circle", size: 6, label: "data" })],
      }),
    ],
  });
}

/** The curve, its confidence band, and the edges of the band for new measurements. */
function curve({ x, y, confidence, prediction }: CurvePath, level: number): Mark[] {
  const wide = prediction.some((each) => each !== null);
  const edges = wide ? prediction : confidence;
  const words = `${format.percent(level).replace(".0 ", " ")} of ${wide ? "new measurements" : "such curves"}`;
  const [low, high] = [0, 1].map((end) => edges.map((each) => each?.[end] ?? Number.NaN));
  const look = { x, series: 2, dash: "dotted", diverged: false } as const;
  return [
    band({ x, lo: ends(confidence, 0), hi: ends(confidence, 1), series: 1 }),
    line({ x, y: y.map((each) => each ?? Number.NaN), series: 1, dash: "solid", diverged: false, label: "fit" }),
    ...(edges.every((each) => each === null)
      ? []
      : [line({ ...look, y: low, label: words }), line({ ...look, y: high })]),
  ];
}

const ends = (intervals: CurvePath["confidence"], end: 0 | 1): number[] =>
  intervals.map((each) => each?.[end] ?? Number.NaN);

/** Where observed and fitted are the same. */
function diagonal(fitted: readonly number[]): Mark {
  const [low, high] = fitted.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [Infinity, -Infinity]);
  return line({ x: [low, high], y: [low, high], series: 1, dash: "solid", label: "fit" });
}
