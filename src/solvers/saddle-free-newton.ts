import { byHessian } from "./newton.ts";
import { armijo } from "./search/armijo.ts";
import { type Direction, descent } from "./search/descent.ts";
import { solver } from "./solver.ts";
import { checkSettings, positive } from "./solver-settings.ts";
import { spectralModel, stepOf } from "./spectral.ts";

const settings = { damping: 4 * Number.EPSILON };
const allowed = { damping: positive };

/**
 * d = −|∇²f|⁻¹g, where |∇²f| has the Hessian's eigenvectors and the absolute values of its eigenvalues: Newton's step where
 * the curvature is positive, and the same step but away from the saddle where it is negative. Dauphin et al. 2014,
 * Identifying and attacking the saddle point problem in high-dimensional non-convex optimization. An eigenvalue is at least
 * `damping` times the sum of the sizes of its terms, Σ |vᵢ∇²fᵢⱼvⱼ|; the default is what rounding may make of 0. So a steep
 * variable does not affect the bound of a flat one.
 */
export function saddleFreeDirection(options: { readonly damping?: number } = {}): Direction<null> {
  const { damping } = checkSettings("saddle-free Newton", settings, options, allowed);
  return byHessian("saddle-free Newton", (h, n, d) => {
    const model = spectralModel(h, d);
    if (model === null || model.curvatures.every((value) => value === 0)) return undefined;
    // d holds −g, so the slopes along the eigenvectors already point downhill.
    const z = model.slopes.map((along, k) => {
      const v = model.vectors.subarray(k * n, (k + 1) * n);
      const curvature = Math.max(Math.abs(model.curvatures[k]), damping * summedIn(h, v));
      return curvature > 0 ? along / curvature : 0;
    });
    d.set(stepOf(model, z));
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

/**
 * Newton's method with the absolute values of the Hessian's eigenvalues: saddles repel it instead of attracting it.
 */
export const saddleFreeNewton = solver(
  {
    name: "saddle-free-newton",
    title: "Saddle-free Newton",
    formula: "|∇²f|·d = −g",
    symbols: "|∇²f| is the Hessian with the absolute values of its eigenvalues, g the gradient and d the direction",
    source: "Dauphin et al. 2014, Identifying and attacking the saddle point problem",
    notes: ["the default damping is 4ε, which rounding may make of 0"],
    settings,
    meanings: {
      damping: "the least |eigenvalue|, relative to its terms",
    },
    allowed,
  },
  (given) => descent({ direction: saddleFreeDirection(given), stepLength: armijo() }),
);
