import type { Expr } from "../expr/index.ts";
import { input } from "../expr/index.ts";
import { add } from "../expr/operators/index.ts";
import { type Residuals, residualsOf } from "../objective/index.ts";
import { problem } from "../surfaces/index.ts";
import { type RobustLoss, rhos } from "./robust.ts";

export interface ResidualOptions {
  readonly name: string;
  readonly parameters: readonly string[];
  /** A scalar or a value for each row. */
  readonly value: Expr;
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly rows: number;
}

/** Row by row, the values of an expression, with their derivatives with respect to the parameters. */
export function rowValues({ name, parameters, value, columns, rows }: ResidualOptions): Residuals {
  const isScalar = value.shape.length === 0;
  const data = isScalar ? { [ZEROS]: new Float64Array(rows) } : columns;
  const residuals = [isScalar ? add(value, input(ZEROS, [rows])) : value];
  const starts = [parameters.map(() => 0)];
  return residualsOf(problem({ name, title: name, parameters, data, residuals, starts, minima: [], source: "" }));
}

/** A column that no formula can name by accident. */
const ZEROS = "_zeros_for_each_row_";

/** sᵢ·rᵢ, by factors s of the rows. */
export function scaled(given: Residuals, factors: Float64Array | undefined): Residuals {
  if (factors === undefined) return given;
  const scale = (r: Float64Array): void => {
    for (let i = 0; i < r.length; i++) r[i] *= factors[i];
  };
  return {
    ...given,
    residuals: (x, r) => {
      given.residuals(x, r);
      scale(r);
    },
    residualsAndJacobian: (x, r, jacobian) => {
      given.residualsAndJacobian(x, r, jacobian);
      scale(r);
      scaleRows(jacobian, given.dimension, (i) => factors[i]);
    },
  };
}

function scaleRows(jacobian: Float64Array, n: number, factor: (row: number) => number): void {
  for (let i = 0, at = 0; at < jacobian.length; i++) {
    const by = factor(i);
    for (let j = 0; j < n; j++) jacobian[at++] *= by;
  }
}

/** r·√(ρ(z)/z) with z = (r/C)²: the sum of their squares is C²·Σ ρ(z), so that solvers for sums of squares minimize it. */
export function robustly(given: Residuals, loss: RobustLoss, scale: number): Residuals {
  if (loss === "linear") return given;
  const { ratio, slope } = rhos[loss];
  const z = (r: number): number => (r / scale) ** 2;
  const shrink = (r: Float64Array): void => {
    for (let i = 0; i < r.length; i++) r[i] *= Math.sqrt(ratio(z(r[i])));
  };
  return {
    ...given,
    residuals: (x, r) => {
      given.residuals(x, r);
      shrink(r);
    },
    residualsAndJacobian: (x, r, jacobian) => {
      given.residualsAndJacobian(x, r, jacobian);
      // d(r√(ρ/z))/dr = ρ′/√(ρ/z)
      scaleRows(jacobian, given.dimension, (i) => slope(z(r[i])) / Math.sqrt(ratio(z(r[i]))));
      shrink(r);
    },
  };
}
