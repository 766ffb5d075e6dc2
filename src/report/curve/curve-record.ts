import type { CurveFit, CurvePrediction } from "../../curves/index.ts";

/** A fitted curve as plain data, for a run's folder; of many rows a part. */
export interface CurveRecord extends Omit<CurveFit, "predict"> {
  /** The curve over the range of its predictor, with its bands; only with a single predictor. */
  readonly path?: CurvePath;
}

export interface CurvePath {
  readonly x: readonly number[];
  /** null where the formula is not finite. */
  readonly y: readonly (number | null)[];
  readonly confidence: readonly (readonly [low: number, high: number] | null)[];
  readonly prediction: readonly (readonly [low: number, high: number] | null)[];
}

/** Points of the curve, and the most rows that a record keeps, evenly from all: more would not be told apart in a figure. */
const [POINTS, ROWS] = [201, 2000];

export function curveRecord(fit: CurveFit): CurveRecord {
  const { predict, columns, observed, fitted, ...facts } = fit;
  const every = Math.ceil(observed.length / ROWS);
  const thin = (column: readonly number[]): number[] => column.filter((_, i) => i % every === 0);
  const kept = Object.fromEntries(Object.entries(columns).map(([column, values]) => [column, thin(values)]));
  const plain = { ...facts, columns: kept, observed: thin(observed), fitted: thin(fitted) };
  const [name, ...more] = fit.predictors;
  if (name === undefined || more.length > 0) return plain;
  const [low, high] = extent(columns[name]);
  const x = Array.from({ length: POINTS }, (_, i) => low + ((high - low) * i) / (POINTS - 1));
  return { ...plain, path: pathOf(x, predict({ [name]: x })) };
}

const pathOf = (x: readonly number[], predictions: readonly CurvePrediction[]): CurvePath => ({
  x,
  y: predictions.map(({ value }) => (Number.isFinite(value) ? value : null)),
  confidence: predictions.map(({ confidence }) => confidence),
  prediction: predictions.map(({ prediction }) => prediction),
});

/** The smallest and the largest value. */
function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce<readonly [number, number]>(
    ([a, b], x) => [Math.min(a, x), Math.max(b, x)],
    [Infinity, -Infinity],
  );
}
