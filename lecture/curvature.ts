import type { NetObjective } from "../src/solvers/index.ts";

/** How far apart the two points are between whose gradients curvature is measured: so near that no ReLU turns between them. */
const BETWEEN = 1e-6;

/**
 * The curvature vᵀ∇²f·v along a direction of length 1, by the central difference of gradients: off by O(BETWEEN²) only.
 * It owes nothing to products with the Hessian, so eigenvalues can be held against it.
 */
export async function curvatureAlong(objective: NetObjective, w: Float64Array, v: Float64Array): Promise<number> {
  const directional = async (sign: number): Promise<number> => {
    const g = new Float64Array(w.length);
    await objective.gradient(
      w.map((x, i) => x + sign * (BETWEEN / 2) * v[i]),
      g,
    );
    return g.reduce((sum, gi, i) => sum + gi * v[i], 0);
  };
  return ((await directional(1)) - (await directional(-1))) / BETWEEN;
}
