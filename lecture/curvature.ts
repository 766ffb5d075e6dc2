import type { AsyncObjective, extremeEigenvaluesAsync } from "../src/solvers/index.ts";
import { NetObjective, type NetObjectiveOptions } from "../src/solvers/index.ts";
import { near } from "./experiment.ts";
import { dot } from "./vectors.ts";

/** Works with the loss of a net over examples as a function of its weights; releases what computes it in the end. */
export async function withObjective<T>(
  options: NetObjectiveOptions,
  work: (objective: NetObjective) => Promise<T>,
): Promise<T> {
  const objective = new NetObjective(options);
  try {
    return await work(objective);
  } finally {
    await objective.dispose();
  }
}

/** The gradient at w, as a new vector. */
export async function gradientAt(objective: AsyncObjective, w: Float64Array): Promise<Float64Array> {
  const g = new Float64Array(w.length);
  await objective.gradient(w, g);
  return g;
}

/** The distance of the two points between which curvature is measured: so small that no ReLU turns between them. */
const BETWEEN = 1e-6;

/**
 * The curvature vᵀ∇²f·v along a direction of length 1, by the central difference of gradients: off by O(BETWEEN²) only.
 * It does not use products with the Hessian, so eigenvalues can be held against it.
 */
export async function curvatureAlong(objective: AsyncObjective, w: Float64Array, v: Float64Array): Promise<number> {
  const directional = async (sign: number): Promise<number> => {
    const at = w.map((x, i) => x + sign * (BETWEEN / 2) * v[i]);
    return dot(await gradientAt(objective, at), v);
  };
  return ((await directional(1)) - (await directional(-1))) / BETWEEN;
}

/** λmax of the Hessian, and the curvature along its eigenvector and along the gradient. */
export interface Sharpness {
  readonly value: number;
  readonly alongVector: number;
  readonly alongGradient: number;
}

export async function sharpnessAt(
  objective: AsyncObjective,
  w: Float64Array,
  extremes: typeof extremeEigenvaluesAsync,
): Promise<Sharpness> {
  const [{ value, vector }] = (await extremes(objective, w, { steps: 30, accuracy: 1e-3 })).largest;
  const g = await gradientAt(objective, w);
  const length = Math.sqrt(dot(g, g));
  const direction = g.map((x) => x / length);
  return {
    value,
    alongVector: await curvatureAlong(objective, w, vector),
    alongGradient: await curvatureAlong(objective, w, direction),
  };
}

/** Whether λmax is the curvature along its own eigenvector, and the gradient's direction is not more curved. */
export const isLargest = ({ value, alongVector, alongGradient }: Sharpness): boolean =>
  near(alongVector, value, 1e-3) && alongGradient <= value * (1 + 1e-3);
