import type { Arena, TiedKernel } from "../device/index.ts";

/** A value or a promise of one: functions of a few variables return at once, nets when their device is done. */
export type Awaitable<T> = T | Promise<T>;

/**
 * A function f of n variables to minimize. Vectors are float64; results are written in place. Of the optional members, a
 * solver needs only one of those in its `needsOneOf`. Outside f's domain the value is NaN or infinite, and solvers shorten
 * the step.
 */
export interface AsyncObjective {
  /** Shown in messages and reports. */
  readonly name: string;
  /** The number n of variables. */
  readonly dimension: number;
  /** f(x). */
  value(x: Float64Array): Awaitable<number>;
  /** Writes ∇f(x), n values, to g and returns f(x). */
  gradient(x: Float64Array, g: Float64Array): Awaitable<number>;
  /** An estimate of f(x)'s rounding error. Without it a search measures that at its end. */
  rounding?(x: Float64Array): Awaitable<number>;
  /** Writes ∇²f(x), n×n. */
  hessian?(x: Float64Array, h: Float64Array): Awaitable<void>;
  /** Writes ∇²f(x)·v, n values. */
  hessianProduct?(x: Float64Array, v: Float64Array, to: Float64Array): Awaitable<void>;
  /** Writes G(x)·v, n values, with the Gauss–Newton matrix G = JᵀH_LJ, the positive semidefinite part of the Hessian. */
  gaussNewtonProduct?(x: Float64Array, v: Float64Array, to: Float64Array): Awaitable<void>;
  /** The residuals, if f = Σ rᵢ². */
  readonly residuals?: AsyncResiduals;
  /** The Fisher matrix of a net in Kronecker factors, one pair for each dense layer. `draw`, from 0, selects the random numbers. */
  kroneckerFactors?(x: Float64Array, draw: number): Awaitable<readonly KroneckerFactor[]>;
}

/** An objective that returns values instead of promises. */
export interface Objective extends AsyncObjective {
  value(x: Float64Array): number;
  gradient(x: Float64Array, g: Float64Array): number;
  rounding?(x: Float64Array): number;
  hessian?(x: Float64Array, h: Float64Array): void;
  hessianProduct?(x: Float64Array, v: Float64Array, to: Float64Array): void;
  gaussNewtonProduct?(x: Float64Array, v: Float64Array, to: Float64Array): void;
  readonly residuals?: Omit<Residuals, "name" | "dimension">;
  kroneckerFactors?(x: Float64Array, draw: number): readonly KroneckerFactor[];
  /** f and ∇f as a kernel for loops in WebAssembly; takes 2n + 1 float64 values of the arena. */
  place?(arena: Arena): PlacedObjective;
}

/** An objective with a Hessian. */
export interface TwiceDifferentiable extends Objective {
  hessian(x: Float64Array, h: Float64Array): void;
}

/** f in the caller's memory: its kernel reads w there, and writes the value and the gradient there. */
export interface PlacedObjective {
  readonly w: Float64Array;
  /** One element. */
  readonly value: Float64Array;
  readonly g: Float64Array;
  readonly kernel: TiedKernel;
}

/** Your own function of n variables, with values and gradients only. */
export interface GradientFunction {
  /** Shown in messages and reports. */
  readonly name: string;
  /** The number n of variables. */
  readonly dimension: number;
  /** Writes ∇f(w), n values, to g and returns f(w). */
  valueAndGradient(w: Float64Array, g: Float64Array): number;
}

/** A function of n variables with m values. */
export interface AsyncResiduals {
  /** m. */
  readonly count: number;
  /** Writes r(x), m values, even if they are not finite. */
  residuals(x: Float64Array, r: Float64Array): Awaitable<void>;
  /** Writes r(x) and its Jacobian ∂rᵢ/∂xⱼ, m×n, row by row. */
  residualsAndJacobian(x: Float64Array, r: Float64Array, jacobian: Float64Array): Awaitable<void>;
}

/** Residuals that are computed synchronously, for Gauss–Newton and Levenberg–Marquardt. */
export interface Residuals extends AsyncResiduals {
  /** Shown in messages and reports. */
  readonly name: string;
  /** The number n of parameters. */
  readonly dimension: number;
  residuals(x: Float64Array, r: Float64Array): void;
  residualsAndJacobian(x: Float64Array, r: Float64Array, jacobian: Float64Array): void;
}

/** The Fisher matrix of one dense layer, as A ⊗ S over its weights (inputs × units, row by row) and then its biases. */
export interface KroneckerFactor {
  /** The offset of the layer's weights in x. */
  readonly weights: number;
  /** The offset of the layer's biases in x; undefined if it has none. */
  readonly biases: number | undefined;
  /** The number of the layer's inputs. */
  readonly inputs: number;
  /** The number of the layer's units. */
  readonly units: number;
  /**
   * E[aaᵀ] of the layer's inputs, with a 1 appended if there are biases; (inputs + 1) × (inputs + 1), or inputs ×
   * inputs.
   */
  readonly a: Float64Array;
  /** E[ggᵀ] of the loss's gradients at the layer's outputs, before the activation; units × units. */
  readonly s: Float64Array;
}

/** What an objective may provide besides values and gradients. */
export type Capability = "hessian" | "hessianProduct" | "gaussNewtonProduct" | "residuals" | "kroneckerFactors";

/** Names of the capabilities for messages. */
export const capabilityWords: Readonly<Record<Capability, string>> = {
  hessian: "the Hessian",
  hessianProduct: "products of the Hessian with vectors",
  gaussNewtonProduct: "products of the Gauss–Newton matrix with vectors",
  residuals: "residuals, whose sum of squares it is",
  kroneckerFactors: "the Kronecker factors of a dense net",
};
