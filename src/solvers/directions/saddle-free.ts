import { symmetricEigen } from "../../linalg/index.ts";
import type { Direction } from "../descent.ts";
import { checkSettings, positive } from "../settings.ts";
import { byHessian } from "./newton.ts";

/**
 * d = −|∇²f|⁻¹g, where |∇²f| has the Hessian's eigenvectors and the absolute values of its eigenvalues: Newton's step
 * along valleys, and the same step away from the saddle where the curvature is negative. Dauphin et al. 2014,
 * Identifying and attacking the saddle point problem in high-dimensional non-convex optimization. Eigenvalues below
 * `damping` times the largest count as that.
 */
export function saddleFree(options: { readonly damping?: number } = {}): Direction {
  const { damping } = checkSettings("saddle-free Newton", { damping: 1e-10 }, options, { damping: positive });
  return byHessian("saddle-free Newton", (h, n, d) => {
    const eigen = symmetricEigen(h, n);
    if (eigen === null) return undefined;
    const most = eigen.values.reduce((best, value) => Math.max(best, Math.abs(value)), 0);
    if (most === 0) return undefined;
    const minusG = d.slice();
    d.fill(0);
    for (let k = 0; k < n; k++) {
      const v = eigen.vectors.subarray(k * n, (k + 1) * n);
      const curvature = Math.max(Math.abs(eigen.values[k]), damping * most);
      const along = v.reduce((sum, x, i) => sum + x * minusG[i], 0) / curvature;
      for (let i = 0; i < n; i++) d[i] += along * v[i];
    }
    return undefined;
  });
}
