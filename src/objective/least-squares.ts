import { multiply, multiplyTransposed } from "../linalg/index.ts";
import { type LeastSquares, problem, type Surface, sumOfSquares } from "../surfaces/index.ts";
import { expressionObjective, type Formula } from "./expression.ts";
import type { Objective, Residuals, TwiceDifferentiable } from "./objective.ts";
import { residualsOf } from "./residuals.ts";
import { squaresOf } from "./squares.ts";

/** f = Σ rᵢ² of a problem given by expressions, with the residuals and all derivatives of f. */
export const leastSquaresObjective = (given: LeastSquares): TwiceDifferentiable =>
  withResiduals(formulaOf(sumOfSquares(given)), given);

/** A surface with all derivatives, and with residuals if its formula is a sum of squares. */
export function squaresObjective(surface: Surface): TwiceDifferentiable {
  const squares = squaresOf(surface.expression);
  if (squares === null) return expressionObjective(formulaOf(surface));
  const { name, title, variables: parameters, data, start, source } = surface;
  const about = { name, title, parameters, data, starts: [start], minima: [], source };
  return withResiduals(formulaOf(surface), problem({ ...about, residuals: squares }));
}

type ResidualPart = Omit<Residuals, "name" | "dimension">;

const formulaOf = (surface: Surface): Formula => ({ ...surface, parameters: surface.variables });

function withResiduals(formula: Formula, squares: LeastSquares): TwiceDifferentiable {
  const residuals = lazyResiduals(squares);
  const products = gaussNewtonProduct(residuals, formula.parameters.length);
  return { ...expressionObjective(formula), residuals, gaussNewtonProduct: products };
}

/** The residuals, compiled when first needed. */
function lazyResiduals(given: LeastSquares): ResidualPart {
  let made: Residuals | undefined;
  return {
    count: given.count,
    residuals: (x, r) => {
      made ??= residualsOf(given);
      made.residuals(x, r);
    },
    residualsAndJacobian: (x, r, jacobian) => {
      made ??= residualsOf(given);
      made.residualsAndJacobian(x, r, jacobian);
    },
  };
}

/** f = Σ rᵢ² of a user's own residual functions: ∇f = 2Jᵀr. */
export function residualObjective(given: Residuals): Objective {
  const { name, dimension: n, count: m } = given;
  const [r, jacobian] = [new Float64Array(m), new Float64Array(m * n)];
  const residuals: ResidualPart = {
    count: m,
    residuals: (x, to) => given.residuals(x, to),
    residualsAndJacobian: (x, to, j) => given.residualsAndJacobian(x, to, j),
  };
  const sum = (): number => r.reduce((total, x) => total + x * x, 0);
  return {
    name,
    dimension: n,
    value: (x) => {
      given.residuals(x, r);
      return sum();
    },
    gradient: (x, g) => {
      given.residualsAndJacobian(x, r, jacobian);
      for (const [j, entry] of multiplyTransposed(jacobian, m, n, r).entries()) g[j] = 2 * entry;
      return sum();
    },
    rounding: (x) => {
      given.residualsAndJacobian(x, r, jacobian);
      return roundingOfSquares(x, r, jacobian);
    },
    residuals,
    gaussNewtonProduct: gaussNewtonProduct(residuals, n),
  };
}

/** The rounding error of Σ rᵢ² if each rᵢ is off by ε times the size of its terms: itself, and Jᵢⱼxⱼ of each parameter. */
function roundingOfSquares(x: Float64Array, r: Float64Array, jacobian: Float64Array): number {
  let sum = 0;
  for (let i = 0, at = 0; i < r.length; i++) {
    let size = Math.abs(r[i]);
    for (let j = 0; j < x.length; j++) size += Math.abs(jacobian[at++] * x[j]);
    const off = Number.EPSILON * size;
    sum += off * (2 * Math.abs(r[i]) + off);
  }
  return sum;
}

/** 2Jᵀ(Jv): the Hessian of Σ rᵢ² without the curvature of the residuals, times v. */
function gaussNewtonProduct({ count: m, residualsAndJacobian }: ResidualPart, n: number) {
  const [r, jacobian] = [new Float64Array(m), new Float64Array(m * n)];
  return (x: Float64Array, v: Float64Array, to: Float64Array): void => {
    residualsAndJacobian(x, r, jacobian);
    const back = multiplyTransposed(jacobian, m, n, multiply(jacobian, m, n, v));
    for (let j = 0; j < n; j++) to[j] = 2 * back[j];
  };
}
