import { checkChoice, checkNumber, checkOptions, domains, whole } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { addScaled, dot, norm, symmetricEigen } from "../../linalg/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import { type EigenOptions, extremeEigenvaluesAsync } from "../../solvers/index.ts";
import { checkAxes, checkObjective, checkPoint } from "../checks/objectives.ts";
import { productsOf, untilAborted } from "../curvature/products.ts";
import { hessianTrace } from "../curvature/trace.ts";

/** How accurately the Hessian is known to which a slice is compared. */
export interface AlignmentOptions extends Pick<EigenOptions, "steps" | "seed" | "basis"> {
  /** An extreme eigenvalue is found once ‖Hv − λv‖ is at most this fraction of the largest |λ|. Default 0.01. */
  readonly accuracy?: number;
  /** The most random vectors for the trace; see `hessianTrace`. Default 20. */
  readonly samples?: number;
  /** Hears of each Hessian-vector product, with how many there have been. */
  readonly onProduct?: (taken: number) => void;
  /** Stops the computation. */
  readonly signal?: AbortSignal;
}

/** How one direction of a slice lies in parameter space. */
export interface DirectionAlignment {
  /** dᵀHd/‖d‖²: what the slice shows of the curvature along its axis. */
  readonly curvature: number;
  /** The cosine of its angle with the gradient; null where that is 0. */
  readonly gradient: number | null;
  /** The cosine of its angle with the eigenvector of λmax; its sign has no meaning, as the eigenvector's has none. */
  readonly top: number;
}

/** What a slice can show of the curvature at its centre, as plain data that JSON holds. */
export interface Alignment {
  /** The number n of parameters: two random directions have a cosine of about 1/√n. */
  readonly parameters: number;
  readonly directions: readonly DirectionAlignment[];
  /** The cosine of the angle between the two directions; null for a line. */
  readonly between: number | null;
  /** The largest and the smallest curvature of all directions within the slice. */
  readonly inSlice: { readonly largest: number; readonly smallest: number };
  /** λmax of the Hessian, λmin, and the larger residual ‖Hv − λv‖ of the two: an eigenvalue is that near to each. */
  readonly largest: number;
  readonly smallest: number;
  readonly error: number;
  /** The mean eigenvalue, trace/n: about what a random direction shows; and its standard error. */
  readonly mean: number;
  readonly meanError: number | null;
  /** ‖∇f‖; at a minimum it is 0. */
  readonly gradientNorm: number;
  /** Hessian-vector products taken. */
  readonly products: number;
}

const names = ["steps", "seed", "basis", "accuracy", "samples", "onProduct", "signal"] as const;

/**
 * Compares a slice's directions with the gradient and the Hessian at its centre. A random direction has curvature trace/n in
 * expectation: where that is far from λmax, a slice along random directions looks flat and round, however sharp the loss is. Throws
 * a RangeError for wrong options, for a point or directions of another length or with numbers that are not finite, for two that are parallel or one
 * that is 0, and where the gradient or the Hessian is not finite; a TypeError for anything but an objective and vectors, and if the objective has no
 * Hessian-vector products; and the signal's reason once it is aborted.
 *
 * @param directions one of a line, two of a plane; each as long as w
 */
export async function alignment(
  objective: AsyncObjective,
  w: Vector,
  directions: readonly Vector[],
  options: AlignmentOptions = {},
): Promise<Alignment> {
  checkObjective("alignment", objective, ["gradient", "hessianProduct"]);
  checkPoint(objective, w);
  checkAxes(objective, directions);
  checkOptions("alignment", options, names);
  const { onProduct, signal, steps = 60, accuracy = 0.01, samples = 20, seed = 1, basis = "f64" } = options;
  checkNumber("alignment: samples", samples, whole(1));
  checkNumber("alignment: accuracy", accuracy, domains.between);
  checkNumber("alignment: steps", steps, domains.count);
  checkNumber("alignment: seed", seed, domains.count);
  checkChoice("alignment: basis", basis, ["f64", "f32"]);
  const units = directions.map(unitOf);
  const x = Float64Array.from(w);
  const g = new Float64Array(x.length);
  const f = counted(untilAborted(objective, signal), onProduct);
  await objective.gradient(x, g);
  const gradientNorm = norm(g);
  if (!Number.isFinite(gradientNorm))
    throw new RangeError(`${objective.name}: the gradient is not finite at this point; take another`);
  const multiply = productsOf(f, x);
  const products: Float64Array[] = [];
  for (const unit of units) products.push((await multiply(unit)).slice());
  const ends = await extremeEigenvaluesAsync(f, x, { steps, accuracy, seed, basis });
  const { trace, standardError } = await hessianTrace(f, x, { samples, seed });
  const [top, bottom] = [ends.largest[0], ends.smallest[0]];
  return {
    parameters: x.length,
    directions: units.map((unit, k) => ({
      curvature: dot(unit, products[k]),
      gradient: gradientNorm > 0 ? dot(unit, g) / gradientNorm : null,
      top: dot(unit, top.vector),
    })),
    between: units.length > 1 ? dot(units[0], units[1]) : null,
    inSlice: extremesWithin(units, products),
    largest: top.value,
    smallest: bottom.value,
    error: Math.max(top.residual, bottom.residual),
    mean: trace / x.length,
    meanError: standardError === null ? null : standardError / x.length,
    gradientNorm,
    products: f.taken(),
  };
}

function unitOf(direction: Vector): Float64Array {
  const unit = Float64Array.from(direction);
  const length = norm(unit);
  if (!(length > 0 && Number.isFinite(length)))
    throw new RangeError(`a direction of the slice has length ${length}; give one that leads somewhere`);
  return unit.map((entry) => entry / length);
}

/** The objective, counting its products. */
function counted(objective: ReturnType<typeof untilAborted>, onProduct?: (taken: number) => void) {
  let taken = 0;
  return {
    ...objective,
    async hessianProduct(x: Float64Array, v: Float64Array, to: Float64Array): Promise<void> {
      await objective.hessianProduct(x, v, to);
      taken++;
      onProduct?.(taken);
    },
    taken: (): number => taken,
  };
}

/** The extreme curvatures of unit vectors in the span of one or two, from those and their products with the Hessian. */
function extremesWithin(
  [u, v]: readonly Float64Array[],
  [hu, hv]: readonly Float64Array[],
): { readonly largest: number; readonly smallest: number } {
  const first = dot(u, hu);
  if (v === undefined) return { largest: first, smallest: first };
  // v = c·u + s·q, with q perpendicular to u.
  const c = dot(u, v);
  const perpendicular = v.slice();
  addScaled(perpendicular, -c, u);
  const s = norm(perpendicular);
  if (!(s > 1e-6)) throw new RangeError("the two directions of the slice are parallel; give two that are not");
  const across = (dot(v, hu) - c * first) / s;
  const second = (dot(v, hv) - 2 * c * s * across - c * c * first) / (s * s);
  const eigen = symmetricEigen(Float64Array.of(first, across, across, second), 2);
  if (eigen === null) throw new RangeError("the curvature along the slice's directions is not finite");
  return { largest: eigen.values[1], smallest: eigen.values[0] };
}
