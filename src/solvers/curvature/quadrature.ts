import { norm } from "../../linalg/index.ts";
import type { AsyncObjective, Objective } from "../../objective/index.ts";
import { type Computation, finish, finishAsync } from "../run/computation.ts";
import { Evaluator } from "../run/evaluator.ts";
import { checkSettings, count } from "../solver-settings.ts";
import { requireFinite } from "./lanczos.ts";
import { checkStart } from "./start.ts";
import { basisTypes, Tridiagonal } from "./tridiagonal.ts";

/** The effort of a quadrature. */
export interface QuadratureOptions {
  /** Hessian-vector products, at most; fewer if the vectors span a space that the Hessian maps into itself. Default 80. */
  readonly steps?: number;
  /** How the vectors are kept: "f32" takes half the memory. Default "f64". */
  readonly basis?: (typeof basisTypes)[number];
}

/** A Hessian's spectrum as a vector v sees it: vᵀp(∇²f)v = ‖v‖²·Σ weightₖ·p(nodeₖ) for all polynomials p of degree below 2·products. */
export interface SpectralQuadrature {
  /** Ascending, between the Hessian's smallest and its largest eigenvalue. */
  readonly nodes: Float64Array;
  /** Not negative; their sum is 1. */
  readonly weights: Float64Array;
  /** Hessian-vector products taken. */
  readonly products: number;
}

/**
 * Gauss's quadrature for a Hessian's spectrum by Lanczos' method: the nodes are the eigenvalues of the tridiagonal
 * matrix, the weights the squares of the first entries of its eigenvectors. Golub & Meurant 2010, Matrices, moments and
 * quadrature, chapter 6. Throws a TypeError if the objective has no Hessian-vector products, and a RangeError if one is
 * not finite.
 */
export const spectralQuadrature = (
  objective: Objective,
  x: Float64Array,
  v: Float64Array,
  options: QuadratureOptions = {},
): SpectralQuadrature => requireFinite(finish(quadrature(new Evaluator(objective), x, v, options)));

/** `spectralQuadrature` for objectives that return promises. */
export const spectralQuadratureAsync = async (
  objective: AsyncObjective,
  x: Float64Array,
  v: Float64Array,
  options: QuadratureOptions = {},
): Promise<SpectralQuadrature> => requireFinite(await finishAsync(quadrature(new Evaluator(objective), x, v, options)));

function* quadrature(
  f: Evaluator,
  x: Float64Array,
  v: Float64Array,
  options: QuadratureOptions,
): Computation<SpectralQuadrature | null> {
  const allowed = { steps: count, basis: basisTypes };
  const { steps, basis } = checkSettings("spectral quadrature", { steps: 80, basis: "f64" }, options, allowed);
  const space = new Tridiagonal(basis);
  let next = checkStart("spectral quadrature", v, x.length);
  for (;;) {
    const outside = yield* space.extend(f, x, next);
    if (outside === null) return null;
    if (space.count >= Math.min(steps, x.length) || !space.join(norm(outside))) break;
    next = outside;
  }
  const eigen = space.eigen();
  if (eigen === null) return null;
  const { values, vectors } = eigen;
  return { nodes: values, weights: values.map((_, i) => vectors[i * values.length] ** 2), products: space.count };
}
