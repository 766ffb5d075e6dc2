import type { Arena, TiedKernel } from "../device/index.ts";

/** An answer now, or a promise of one: functions of a few variables answer at once, networks when their device is done. */
export type Awaitable<T> = T | Promise<T>;

/**
 * A function f of n variables to be made small. Vectors are float64; results are written in place. Only what a solver
 * names under `needsOneOf` has to be there. Where a point lies outside f's domain the value is NaN or infinite: solvers then
 * shorten the step.
 */
export interface AsyncObjective {
  readonly name: string;
  /** Variables: n. */
  readonly dimension: number;
  /** f(x). */
  value(x: Float64Array): Awaitable<number>;
  /** Writes ∇f(x), n numbers, to g and returns f(x). */
  gradient(x: Float64Array, g: Float64Array): Awaitable<number>;
  /** How far rounding may put f(x) off. Without it a search measures, at its end. */
  rounding?(x: Float64Array): Awaitable<number>;
  /** Writes ∇²f(x), n×n. */
  hessian?(x: Float64Array, h: Float64Array): Awaitable<void>;
  /** Writes ∇²f(x)·v, n numbers. */
  hessianProduct?(x: Float64Array, v: Float64Array, to: Float64Array): Awaitable<void>;
  /** Writes G(x)·v, n numbers, with the Gauss–Newton matrix G = JᵀH_LJ, the positive part of the Hessian. */
  gaussNewtonProduct?(x: Float64Array, v: Float64Array, to: Float64Array): Awaitable<void>;
  /** Where f = Σ rᵢ². */
  readonly residuals?: AsyncResiduals;
  /** The Fisher matrix of a net in Kronecker factors, one pair for each dense layer. `draw`, from 0, decides the random numbers. */
  kroneckerFactors?(x: Float64Array, draw: number): Awaitable<readonly KroneckerFactor[]>;
}

/** An objective that answers at once. */
export interface Objective extends AsyncObjective {
  value(x: Float64Array): number;
  gradient(x: Float64Array, g: Float64Array): number;
  rounding?(x: Float64Array): number;
  hessian?(x: Float64Array, h: Float64Array): void;
  hessianProduct?(x: Float64Array, v: Float64Array, to: Float64Array): void;
  gaussNewtonProduct?(x: Float64Array, v: Float64Array, to: Float64Array): void;
  readonly residuals?: Omit<Residuals, "name" | "dimension">;
  kroneckerFactors?(x: Float64Array, draw: number): readonly KroneckerFactor[];
  /** f and ∇f as a kernel for loops in WebAssembly, in 2n + 1 numbers of the arena. */
  place?(arena: Arena): PlacedObjective;
}

/** An objective that tells its Hessian. */
export interface TwiceDifferentiable extends Objective {
  hessian(x: Float64Array, h: Float64Array): void;
}

/** f in a memory of the caller's: its kernel reads w there, and leaves the value and the gradient there. */
export interface PlacedObjective {
  readonly w: Float64Array;
  /** One number. */
  readonly value: Float64Array;
  readonly g: Float64Array;
  readonly kernel: TiedKernel;
}

/** A function of one's own, that tells values and gradients alone: writes ∇f(w) to g and returns f(w). */
export interface GradientFunction {
  readonly name: string;
  readonly dimension: number;
  valueAndGradient(w: Float64Array, g: Float64Array): number;
}

/** A function of n variables with m values. */
export interface AsyncResiduals {
  /** m. */
  readonly count: number;
  /** Writes r(x), m numbers. Where they are not finite, that is what is written. */
  residuals(x: Float64Array, r: Float64Array): Awaitable<void>;
  /** Writes r(x) and its Jacobian ∂rᵢ/∂xⱼ, m×n, row by row. */
  residualsAndJacobian(x: Float64Array, r: Float64Array, jacobian: Float64Array): Awaitable<void>;
}

/** Residuals that answer at once: what Gauss–Newton and Levenberg–Marquardt walk on. */
export interface Residuals extends AsyncResiduals {
  readonly name: string;
  /** Parameters: n. */
  readonly dimension: number;
  residuals(x: Float64Array, r: Float64Array): void;
  residualsAndJacobian(x: Float64Array, r: Float64Array, jacobian: Float64Array): void;
}

/** The Fisher matrix of one dense layer, as A ⊗ S over its weights (inputs × units, row by row) and then its biases. */
export interface KroneckerFactor {
  /** Where the layer's weights and biases begin in x. Without biases: undefined. */
  readonly weights: number;
  readonly biases: number | undefined;
  readonly inputs: number;
  readonly units: number;
  /** E[aaᵀ] of the layer's inputs, with a 1 appended where there are biases. */
  readonly a: Float64Array;
  /** E[ggᵀ] of the cost's slopes at the layer's outputs, before the activation; units × units. */
  readonly s: Float64Array;
}

/** What an objective may be able to say beyond values and gradients. */
export type Capability = "hessian" | "hessianProduct" | "gaussNewtonProduct" | "residuals" | "kroneckerFactors";

/** What the capabilities are called in errors. */
export const capabilityWords: Readonly<Record<Capability, string>> = {
  hessian: "the Hessian",
  hessianProduct: "products of the Hessian with vectors",
  gaussNewtonProduct: "products of the Gauss–Newton matrix with vectors",
  residuals: "residuals, whose sum of squares it is",
  kroneckerFactors: "the Kronecker factors of a dense net",
};
