import { DataError } from "../files/index.ts";
import { bestWalk } from "./best-walk.ts";
import { countedRows, type Rows } from "./counted-rows.ts";
import type { CurveFit } from "./curve-fit.ts";
import { type CurveOptions, checkCurveOptions, checkParameterOptions, UNBOUNDED } from "./curve-options.ts";
import { curveResult } from "./curve-result.ts";
import { residualsFor, responseValues, type Task } from "./curve-task.ts";
import { type CurveFormula, readFormula } from "./formula.ts";
import { observationsOf } from "./observations.ts";

/**
 * Fits the parameters of a formula to data by least squares, or with a robust loss, and says how sure they are.
 *
 *     const fit = fitCurve({ formula: "y = a*exp(-b*t) + c", data: { t: [0, 1, 2, 4], y: [5.1, 3.4, 2.4, 1.5] } });
 *     fit.parameters[1]; // { name: "b", value: …, standardError: …, interval: [low, high] }
 *     fit.predict({ t: [3] });
 *
 * Levenberg–Marquardt minimizes Σ wᵢrᵢ² from a start, or from the best of several that it tries by itself. (`fit` trains a net.)
 * Throws a SyntaxError that points at a mistake in the formula, a RangeError or TypeError for options that are not allowed, and a
 * DataError for a cell that is missing or no number. How the fit ended is a value: its `outcome`.
 */
export function fitCurve(options: CurveOptions): CurveFit {
  const task = checkedTask(options);
  return curveResult(task, bestWalk(task));
}

/** What to compute. Everything is checked, but whether the formula is finite at a start. */
function checkedTask(options: CurveOptions): Task {
  checkCurveOptions(options);
  const { start = {}, bounds = {}, fix = {} } = options;
  const observations = observationsOf(options.data);
  const formula = readFormula(options.formula, {
    columns: observations.names,
    predict: options.predict,
    parameters: Object.keys({ ...start, ...bounds, ...fix }),
  });
  checkParameterOptions(options, formula.parameters);
  const free = formula.parameters.filter((name) => !Object.hasOwn(fix, name));
  if (free.length === 0) throw new RangeError("every parameter is fixed; leave at least one out of fix");
  const rows = countedRows(options, formula, observations);
  if (rows.count < free.length)
    throw new RangeError(
      `there are ${rows.count} rows for ${free.length} parameters (${free.join(", ")}); give as many rows at least, or fix some`,
    );
  checkResponse(formula, rows);
  const limits = free.map((name) => bounds[name] ?? UNBOUNDED);
  const { residuals } = residualsFor(options, formula, free, rows);
  return { options, formula, free, bounds: limits, rows, residuals };
}

/** A response such as log(y) must be finite in each row, whatever the parameters. */
function checkResponse(formula: CurveFormula, rows: Rows): void {
  const values = responseValues(formula, rows);
  const row = values.findIndex((value) => !Number.isFinite(value));
  if (row < 0) return;
  const given = formula.responseColumns.map((name) => `${name} is ${rows.columns[name][row]}`).join(" and ");
  throw new DataError(
    rows.place(row),
    `${formula.response} is not finite, as ${given}`,
    "correct it, or leave such rows out",
  );
}
