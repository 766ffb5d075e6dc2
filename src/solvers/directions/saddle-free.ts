import { symmetricEigen } from "../../linalg/index.ts";
import type { Direction } from "../descent.ts";
import { checkSettings, positive } from "../settings.ts";
import { byHessian } from "./newton.ts";

/**
 * d = −|∇²f|⁻¹g, where |∇²f| has the Hessian's eigenvectors and the absolute values of its eigenvalues: Newton's step
 * along valleys, and the same step away from the saddle where the curvature is negative. Dauphin et al. 2014,
 * Identifying and attacking the saddle point problem in high-dimensional non-convex optimization. Eigenvalues below
 * `damping` times what is summed in them, Σ |vᵢ∇²fᵢⱼvⱼ|, count as that: by default what rounding may make of 0. So a
 * steep number says nothing of a flat one beside it.
 */
export function saddleFree(options: { readonly damping?: number } = {}): Direction {
  const { damping } = checkSettings("saddle-free Newton", { damping: 4 * Number.EPSILON }, options, {
    damping: positive,
  });
  return byHessian("saddle-free Newton", (h, n, d) => {
    const eigen = symmetricEigen(h, n);
    if (eigen === null) return undefined;
    if (eigen.values.every((value) => value === 0)) return undefined;
    const minusG = d.slice();
    d.fill(0);
    for (let k = 0; k < n; k++) {
      const v = eigen.vectors.subarray(k * n, (k + 1) * n);
      const curvature = Math.max(Math.abs(eigen.values[k]), damping * summedIn(h, v));
      const along = curvature > 0 ? v.reduce((sum, x, i) => sum + x * minusG[i], 0) / curvature : 0;
      for (let i = 0; i < n; i++) d[i] += along * v[i];
    }
    return undefined;
  });
}

/** Σ |vᵢhᵢⱼvⱼ|. */
function summedIn(h: Float64Array, v: Float64Array): number {
  const n = v.length;
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += Math.abs(v[i] * h[i * n + j] * v[j]);
  return sum;
}
