import { type AsyncObjective, type Capability, capabilityWords, type KroneckerFactor } from "../../objective/index.ts";
import { awaited, type Computation } from "./computation.ts";
import type { Point } from "./point.ts";

/** How often an objective was evaluated. */
export interface Evaluations {
  /** Points at which the value was computed, alone or with the gradient. */
  value: number;
  /** Points at which the gradient, or the Jacobian of the residuals, was computed. */
  gradient: number;
  /** Points at which the Hessian was computed. */
  hessian: number;
  /** Products of a Hessian or Gauss–Newton matrix with a vector. */
  product: number;
}

/** `Evaluations`, and how often Kronecker factors were sampled: each time with other random numbers. */
export interface Counts extends Evaluations {
  draws: number;
}

const zeroCounts = (): Counts => ({ value: 0, gradient: 0, hessian: 0, product: 0, draws: 0 });

/** Evaluates an objective, awaits its promises and counts. Values that are not finite become +∞: a search never accepts such a point. */
export class Evaluator {
  readonly objective: AsyncObjective;
  readonly counts: Counts;

  constructor(objective: AsyncObjective, counts: Counts = zeroCounts()) {
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

  /** The value; writes the gradient to g. A finite value whose gradient is not finite becomes +∞. */
  *gradient(x: Float64Array, g: Float64Array): Computation<number> {
    this.counts.value++;
    this.counts.gradient++;
    const value = usable(yield* awaited(this.objective.gradient(x, g)));
    return value === Number.NEGATIVE_INFINITY || g.every(Number.isFinite) ? value : Number.POSITIVE_INFINITY;
  }

  /**
   * An estimate of the value's rounding error. If the objective provides none, and the variables are not too many, it is measured by changing
   * the last digit of one variable at a time (Moré & Wild 2011, Estimating computational noise).
   */
  *rounding({ x, value }: Point): Computation<number> {
    const { objective } = this;
    const least = Number.EPSILON * Math.abs(value);
    if (objective.rounding !== undefined) return Math.max(least, usable(yield* awaited(objective.rounding(x))));
    return x.length > MOST_PERTURBED ? least : yield* this.#perturbed(x, value, least);
  }

  *#perturbed(x: Float64Array, value: number, least: number): Computation<number> {
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

  /** The Hessian from its products with unit vectors. */
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

  /** Σ rᵢ²; writes the residuals to r and the Jacobian to j. */
  *jacobian(x: Float64Array, r: Float64Array, j: Float64Array): Computation<number> {
    const { objective } = this;
    if (objective.residuals === undefined) throw missing(objective, "residuals");
    this.counts.gradient++;
    yield* awaited(objective.residuals.residualsAndJacobian(x, r, j));
    const value = usable(r.reduce((sum, residual) => sum + residual * residual, 0));
    return j.every(Number.isFinite) ? value : Number.POSITIVE_INFINITY;
  }
}

/** The most variables whose last digits are changed in turn: each takes an evaluation. */
const MOST_PERTURBED = 50;
/** Beyond this, factoring a Hessian takes too long. */
const MOST_COLUMNS = 500;

const tooLarge = ({ name, dimension }: AsyncObjective): string =>
  `${name}: a Hessian of ${dimension} variables is too large to assemble (${MOST_COLUMNS} at most); ` +
  "use newton-cg, which only needs Hessian-vector products";

/** The error for an objective that lacks a capability the solver needs. */
export const missing = ({ name }: Pick<AsyncObjective, "name">, ...capabilities: readonly Capability[]): TypeError =>
  new TypeError(
    `${name} does not provide ${capabilities.map((capability) => capabilityWords[capability]).join(", nor ")}`,
  );

/** −∞ stays: it marks a function that falls without bound, in contrast to one that is undefined. */
const usable = (value: number): number =>
  Number.isFinite(value) || value === Number.NEGATIVE_INFINITY ? value : Number.POSITIVE_INFINITY;
