import { multiply, multiplyTransposed } from "../../linalg/index.ts";
import type { LeastSquares } from "../../surfaces/least-squares.ts";
import { type Residuals as CompiledResiduals, residualsOf } from "../../surfaces/residuals.ts";
import { sumOfSquares } from "../../surfaces/sum-of-squares.ts";
import type { Objective, Residuals } from "../objective.ts";
import { expressionObjective } from "./expression.ts";

/** f = Σ rᵢ² of a problem that is given by expressions: with the residuals, and with all derivatives of f. */
export function leastSquaresObjective(problem: LeastSquares): Objective {
  const surface = sumOfSquares(problem);
  const residuals = later(problem);
  return {
    ...expressionObjective({ ...surface, parameters: surface.variables }),
    residuals,
    gaussNewtonProduct: gaussNewtonProduct(residuals, surface.variables.length),
  };
}

/** The residuals, compiled when they are asked for first. */
function later(problem: LeastSquares): Residuals {
  let made: CompiledResiduals | undefined;
  return {
    count: problem.count,
    residualsAndJacobian: (x, r, jacobian) => {
      made ??= residualsOf(problem);
      made.residualsAndJacobian(x, r, jacobian);
    },
  };
}

/** f = Σ rᵢ² of residuals that are functions of one's own: ∇f = 2Jᵀr. */
export function residualObjective(given: CompiledResiduals): Objective {
  const { name, dimension: n, count: m } = given;
  const [r, jacobian] = [new Float64Array(m), new Float64Array(m * n)];
  const residuals: Residuals = {
    count: m,
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
      for (const [j, slope] of multiplyTransposed(jacobian, m, n, r).entries()) g[j] = 2 * slope;
      return sum();
    },
    residuals,
    gaussNewtonProduct: gaussNewtonProduct(residuals, n),
  };
}

/** 2Jᵀ(Jv): what is left of the Hessian of Σ rᵢ² without the curvature of the residuals. */
function gaussNewtonProduct({ count: m, residualsAndJacobian }: Residuals, n: number) {
  const [r, jacobian] = [new Float64Array(m), new Float64Array(m * n)];
  return (x: Float64Array, v: Float64Array, to: Float64Array): void => {
    residualsAndJacobian(x, r, jacobian);
    const back = multiplyTransposed(jacobian, m, n, multiply(jacobian, m, n, v));
    for (let j = 0; j < n; j++) to[j] = 2 * back[j];
  };
}
