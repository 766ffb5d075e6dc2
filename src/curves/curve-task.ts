import { quote } from "../arguments/index.ts";
import { sub } from "../expr/operators/index.ts";
import type { Residuals } from "../objective/index.ts";
import type { CurveBound } from "./bounds.ts";
import type { Rows } from "./counted-rows.ts";
import type { CurveOptions } from "./curve-options.ts";
import type { CurveFormula } from "./formula.ts";
import { robustly, rowValues, scaled } from "./residuals.ts";

/** A fit to compute. */
export interface Task {
  readonly options: CurveOptions;
  readonly formula: CurveFormula;
  /** The parameters that are fitted. */
  readonly free: readonly string[];
  readonly bounds: readonly CurveBound[];
  readonly rows: Rows;
  readonly residuals: Residuals;
}

/** √w·(response − prediction), and the same made robust. */
export function residualsFor(options: CurveOptions, formula: CurveFormula, free: readonly string[], rows: Rows) {
  const { loss = "linear", scale = 1, fix = {} } = options;
  const { response, prediction } = formula.bind(rows.count, fix);
  const value = sub(response, prediction);
  const raw = rowValues({
    name: quote(formula.text),
    parameters: free,
    value,
    columns: usedIn(formula, rows),
    rows: rows.count,
  });
  const plain = scaled(raw, rows.weights?.map(Math.sqrt));
  return { plain, residuals: robustly(plain, loss, scale) };
}

function usedIn({ responseColumns, predictors }: CurveFormula, { columns }: Rows): Record<string, Float64Array> {
  return Object.fromEntries([...responseColumns, ...predictors].map((name) => [name, columns[name]]));
}

/** The response, row by row. */
export function responseValues(
  { response, responseColumns, bind }: CurveFormula,
  { columns, count }: Rows,
): Float64Array {
  const used = Object.fromEntries(responseColumns.map((name) => [name, columns[name]]));
  const model = rowValues({
    name: quote(response),
    parameters: [],
    value: bind(count, {}).response,
    columns: used,
    rows: count,
  });
  const values = new Float64Array(count);
  model.residuals(new Float64Array(0), values);
  return values;
}
