import { quote } from "../arguments/index.ts";
import type { Residuals } from "../objective/index.ts";
import type { Best } from "./best-walk.ts";
import { type CurveErrors, errorsOf } from "./curve-errors.ts";
import type { CurveFit, CurvePrediction, FittedParameter } from "./curve-fit.ts";
import { responseValues, type Task } from "./curve-task.ts";
import { type CurveData, completeRows, observationsOf } from "./observations.ts";
import { predictions } from "./prediction.ts";
import { rowValues } from "./residuals.ts";
import { statisticsOf } from "./statistics.ts";

/** The fit at the end of its walk: its parameters with their errors, and how good it is. */
export function curveResult(task: Task, { walk, starts }: Best): CurveFit {
  const { options, formula, free, rows } = task;
  const { loss = "linear", scale = 1, level = 0.95, sigma, absoluteSigma = false } = options;
  const curve = curveOver(task, rows.columns, rows.count);
  const fitted = valuesOf(curve, walk.x);
  const observed = responseValues(formula, rows);
  const residuals = observed.map((value, i) => value - fitted[i]);
  const errors = errorsOf(task, walk, curve, residuals);
  const covariance = covarianceOf(task, errors);
  return {
    ...{ formula: formula.text, response: formula.response, predictors: formula.predictors },
    parameters: formula.parameters.map((name, i) =>
      parameterOf(task, { walk, starts }, errors, name, covariance[i][i]),
    ),
    ...statisticsOf({
      ...{ observed, fitted, weights: rows.weights, count: free.length, loss: walk.value },
      ...{ isRobust: loss !== "linear", hasSigma: sigma !== undefined, isAbsolute: absoluteSigma },
    }),
    ...{ level, covariance, correlation: correlationOf(covariance) },
    loss: { kind: loss, scale, value: walk.value },
    weighting: weightingOf(task),
    outcome: { kind: walk.outcome, reason: walk.reason, iterations: walk.iterations },
    ...{ starts, dropped: rows.dropped },
    columns: Object.fromEntries(formula.predictors.map((name) => [name, [...rows.columns[name]]])),
    observed: [...observed],
    fitted: [...fitted],
    predict: (data) => predicted(task, walk.x, errors, data),
  };
}

/** The right-hand side, row by row. */
function curveOver({ options, formula, free }: Task, given: Task["rows"]["columns"], rows: number): Residuals {
  const columns = Object.fromEntries(formula.predictors.map((name) => [name, given[name]]));
  const value = formula.bind(rows, options.fix ?? {}).prediction;
  return rowValues({ name: quote(formula.text), parameters: free, value, columns, rows });
}

function valuesOf(model: Residuals, x: Float64Array): Float64Array {
  const values = new Float64Array(model.count);
  model.residuals(x, values);
  return values;
}

function parameterOf(
  { options, free, bounds }: Task,
  { walk }: Best,
  errors: CurveErrors | null,
  name: string,
  variance: number | null,
): FittedParameter {
  const none = { standardError: null, interval: null };
  const j = free.indexOf(name);
  if (j < 0) return { name, value: options.fix?.[name] ?? Number.NaN, ...none, fixed: true };
  const value = walk.x[j];
  if (walk.held.has(j)) return { name, value, ...none, atBound: value === bounds[j][0] ? "low" : "high" };
  if (errors === null) return { name, value, ...none };
  if (variance === null) return { name, value, ...none, undetermined: true };
  const standardError = Math.sqrt(variance);
  const by = errors.t * standardError;
  return { name, value, standardError, interval: [value - by, value + by] };
}

/** By parameter of the formula; null without a standard error. */
function covarianceOf({ formula, free }: Task, errors: CurveErrors | null): (number | null)[][] {
  const places = formula.parameters.map((name) => errors?.sure.indexOf(free.indexOf(name)) ?? -1);
  const entry = (i: number, j: number): number | null =>
    errors === null || i < 0 || j < 0 ? null : errors.covariance[i * errors.sure.length + j];
  return places.map((i) => places.map((j) => entry(i, j)));
}

function correlationOf(covariance: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const deviation = (i: number): number => Math.sqrt(covariance[i][i] ?? Number.NaN);
  return covariance.map((row, i) =>
    row.map((entry, j) => {
      if (entry === null) return null;
      if (i === j) return 1;
      const value = entry / deviation(i) / deviation(j);
      return Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : null;
    }),
  );
}

function weightingOf({ options: { weights, sigma, absoluteSigma } }: Task): CurveFit["weighting"] {
  if (weights !== undefined) return "weights";
  if (sigma === undefined) return "none";
  return absoluteSigma ? "absolute sigma" : "sigma";
}

function predicted(task: Task, x: Float64Array, errors: CurveErrors | null, data: CurveData): CurvePrediction[] {
  const { formula, options } = task;
  const rows = observationsOf(data);
  const given = options.weights ?? options.sigma;
  const weighting = typeof given === "string" && rows.names.includes(given) ? given : undefined;
  const names = weighting === undefined ? formula.predictors : [...formula.predictors, weighting];
  const { columns } = completeRows(rows, names, "refuse");
  const model = curveOver(task, columns, rows.rows);
  const column = weighting === undefined ? undefined : columns[weighting];
  const weights = column?.map((value) => (options.sigma === undefined ? value : 1 / value ** 2));
  return predictions(model, x, errors, given === undefined ? 1 : weights);
}
