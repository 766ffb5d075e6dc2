import { type Direction, descent } from "./search/descent.ts";
import { solveByCG } from "./search/linear-cg.ts";
import { strongWolfe } from "./search/strong-wolfe.ts";
import { solver } from "./solver.ts";
import { checkSettings, count } from "./solver-settings.ts";

const settings = { products: 200 };
const allowed = { products: count };

/**
 * Newton's direction without the Hessian: conjugate gradients on ∇²f·d = −g by Hessian-vector products, stopped early. They also stop at
 * a direction of negative curvature, and then follow it. Dembo & Steihaug 1983, Truncated-Newton algorithms for large-scale unconstrained
 * optimization; Nocedal & Wright 2006, algorithm 7.1.
 */
export function newtonCGDirection(options: { readonly products?: number } = {}): Direction<null> {
  const { products } = checkSettings("Newton-CG", settings, options, allowed);
  return {
    name: "Newton-CG",
    needsOneOf: ["hessianProduct"],
    resumes: "rescaled",
    init: () => null,
    *direction(f, _, { x, g }, d) {
      yield* solveByCG((v, to) => f.hessianProduct(x, v, to), g, d, products);
      return undefined;
    },
    scaled: () => true,
  };
}

/**
 * Newton's method for many variables: conjugate gradients approximate the step from Hessian-vector products, and stop early
 * at negative curvature.
 */
export const newtonCG = solver(
  {
    name: "newton-cg",
    title: "Newton's method without the Hessian, by truncated conjugate gradients",
    formula: "∇²f·d ≈ −g by at most `products` products ∇²f·v",
    symbols: "∇²f is the Hessian, g the gradient, d the direction, and v a vector",
    source: "Dembo & Steihaug 1983, Truncated-Newton algorithms for large-scale unconstrained optimization",
    settings,
    meanings: { products: "the most products for one step" },
    allowed,
  },
  (given) => descent({ direction: newtonCGDirection(given), stepLength: strongWolfe() }),
);
