import { type AsyncObjective, type Capability, capabilityWords, type KroneckerFactor } from "../../objective/index.ts";
import { awaited, type Computation } from "./computation.ts";
import type { Point } from "./point.ts";

/** How often an objective was asked. */
export interface Evaluations {
  /** Points at which the value was asked for, with the gradient or alone. */
  value: number;
  /** Points at which the gradient, or the Jacobian of residuals, was asked for. */
  gradient: number;
  hessian: number;
  /** Products of a Hessian or Gauss–Newton matrix with a vector. */
  product: number;
}

/** The same, and how often Kronecker factors were drawn: each time with other random numbers. */
export interface Counts extends Evaluations {
  draws: number;
}

const nothingYet = (): Counts => ({ value: 0, gradient: 0, hessian: 0, product: 0, draws: 0 });

/** Asks an objective, waits for it and counts. Values that are not finite become +∞: such a point is never taken. */
export class Evaluator {
  readonly objective: AsyncObjective;
  readonly counts: Counts;

  constructor(objective: AsyncObjective, counts: Counts = nothingYet()) {
    this.objective = objective;
    this.counts = counts;
  }

  get dimension(): number {
    return this.objective.dimension;
  }

  /** How many residuals there are. */
  get residualCount(): number {
    const { objective } = this;
    if (objective.residuals === undefined) throw missing(objective, "residuals");
    return objective.residuals.count;
  }

  *value(x: Float64Array): Computation<number> {
    this.counts.value++;
    return usable(yield* awaited(this.objective.value(x)));
  }

  /** The value; the gradient is written to g. A value without a finite gradient is as good as none. */
  *gradient(x: Float64Array, g: Float64Array): Computation<number> {
    this.counts.value++;
    this.counts.gradient++;
    const value = usable(yield* awaited(this.objective.gradient(x, g)));
    return value === Number.NEGATIVE_INFINITY || g.every(Number.isFinite) ? value : Number.POSITIVE_INFINITY;
  }

  /**
   * How far rounding may put the value off. An objective that does not say is measured by what the last digits of single numbers
   * make of the value (Moré & Wild 2011, Estimating computational noise), where these are not too many.
   */
  *rounding({ x, value }: Point): Computation<number> {
    const { objective } = this;
    const least = Number.EPSILON * Math.abs(value);
    if (objective.rounding !== undefined) return Math.max(least, usable(yield* awaited(objective.rounding(x))));
    return x.length > MOST_SHAKEN ? least : yield* this.#shaken(x, value, least);
  }

  *#shaken(x: Float64Array, value: number, least: number): Computation<number> {
    const there = x.slice();
    let most = least;
    for (let j = 0; j < x.length; j++) {
      there[j] = x[j] * (1 + Number.EPSILON);
      const change = there[j] === x[j] ? 0 : Math.abs((yield* this.value(there)) - value);
      if (change < Number.POSITIVE_INFINITY) most = Math.max(most, change);
      there[j] = x[j];
    }
    return most;
  }

  *hessian(x: Float64Array, h: Float64Array): Computation<void> {
    const { objective } = this;
    if (objective.hessian === undefined) return yield* this.#columns(x, h);
    this.counts.hessian++;
    yield* awaited(objective.hessian(x, h));
  }

  /** The Hessian by its products with unit vectors. */
  *#columns(x: Float64Array, h: Float64Array): Computation<void> {
    const n = x.length;
    if (n > MOST_COLUMNS) throw new RangeError(tooLarge(this.objective));
    const unit = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      unit[j] = 1;
      yield* this.hessianProduct(x, unit, h.subarray(j * n, (j + 1) * n));
      unit[j] = 0;
    }
  }

  *hessianProduct(x: Float64Array, v: Float64Array, to: Float64Array): Computation<void> {
    const { objective } = this;
    if (objective.hessianProduct === undefined) throw missing(objective, "hessianProduct");
    this.counts.product++;
    yield* awaited(objective.hessianProduct(x, v, to));
  }

  *gaussNewtonProduct(x: Float64Array, v: Float64Array, to: Float64Array): Computation<void> {
    const { objective } = this;
    if (objective.gaussNewtonProduct === undefined) throw missing(objective, "gaussNewtonProduct");
    this.counts.product++;
    yield* awaited(objective.gaussNewtonProduct(x, v, to));
  }

  *kroneckerFactors(x: Float64Array): Computation<readonly KroneckerFactor[]> {
    const { objective } = this;
    if (objective.kroneckerFactors === undefined) throw missing(objective, "kroneckerFactors");
    this.counts.gradient++;
    return yield* awaited(objective.kroneckerFactors(x, this.counts.draws++));
  }

  *residuals(x: Float64Array, r: Float64Array): Computation<number> {
    const { objective } = this;
    if (objective.residuals === undefined) throw missing(objective, "residuals");
    this.counts.value++;
    yield* awaited(objective.residuals.residuals(x, r));
    return usable(r.reduce((sum, residual) => sum + residual * residual, 0));
  }

  /** Σ rᵢ²; residuals and Jacobian are written to r and j. */
  *jacobian(x: Float64Array, r: Float64Array, j: Float64Array): Computation<number> {
    const { objective } = this;
    if (objective.residuals === undefined) throw missing(objective, "residuals");
    this.counts.gradient++;
    yield* awaited(objective.residuals.residualsAndJacobian(x, r, j));
    const value = usable(r.reduce((sum, residual) => sum + residual * residual, 0));
    return j.every(Number.isFinite) ? value : Number.POSITIVE_INFINITY;
  }
}

/** Numbers whose last digits are changed one by one, at most: each takes an evaluation. */
const MOST_SHAKEN = 50;
/** Beyond, factors of a Hessian take longer than anyone waits. */
const MOST_COLUMNS = 500;

const tooLarge = ({ name, dimension }: AsyncObjective): string =>
  `${name}: a Hessian by ${dimension} variables is too large to be put together (${MOST_COLUMNS} at most); ` +
  "take newton-cg, which needs its products with vectors only";

/** The error of an objective that lacks what a solver needs. */
export const missing = ({ name }: AsyncObjective, ...capabilities: readonly Capability[]): TypeError =>
  new TypeError(
    `${name} does not give ${capabilities.map((capability) => capabilityWords[capability]).join(", nor ")}`,
  );

/** −∞ stays: a function that falls without bound is told from one that is not defined. */
const usable = (value: number): number =>
  Number.isFinite(value) || value === Number.NEGATIVE_INFINITY ? value : Number.POSITIVE_INFINITY;
