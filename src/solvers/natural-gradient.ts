import { addScaled } from "../linalg/index.ts";
import { armijo } from "./search/armijo.ts";
import { adaptDamping, type Damping, dampingFrom, keepDirection } from "./search/damping.ts";
import { type Direction, descent } from "./search/descent.ts";
import { type Product, solveByCG } from "./search/linear-cg.ts";
import { solver } from "./solver.ts";
import { checkSettings, count, positive } from "./solver-settings.ts";

const settings = { damping: 1, products: 50 };
const allowed = { damping: positive, products: count };

/**
 * d = −(F + λI)⁻¹g: the steepest direction, if steps are measured by how much they change the distribution that the net
 * predicts. F is the Fisher matrix, which for the usual losses is the Gauss–Newton matrix. Solved by conjugate gradients on
 * matrix-vector products. Amari 1998, Natural gradient works efficiently in learning; Martens 2010. λ adapts itself.
 */
export function naturalGradientDirection(
  options: { readonly damping?: number; readonly products?: number } = {},
): Direction<Damping> {
  const { damping, products } = checkSettings("natural gradient", settings, options, allowed);
  return {
    name: "natural gradient",
    needsOneOf: ["gaussNewtonProduct"],
    resumes: "as before",
    init: ({ dimension }) => dampingFrom(damping, dimension),
    *direction(f, memory, here, d) {
      const product: Product = function* (v, to) {
        yield* f.gaussNewtonProduct(here.x, v, to);
        addScaled(to, memory.damping, v);
      };
      yield* solveByCG(product, here.g, d, products);
      keepDirection(memory, here, d);
      return undefined;
    },
    scaled: () => true,
    learn: adaptDamping,
  };
}

/**
 * For nets: steepest descent, with steps measured by the change of the predicted distribution (its KL divergence) instead of the
 * change of the parameters. The Fisher matrix is used only in products with vectors.
 */
export const naturalGradient = solver(
  {
    name: "natural-gradient",
    title: "Natural gradient, by conjugate gradients on the Fisher matrix",
    formula: "(F + λI)d = −g by at most `products` products F·v; λ adapts itself",
    symbols:
      "F is the Gauss–Newton matrix, which for cross-entropy and squared error is the Fisher matrix; g is the gradient, d the direction, v a vector",
    source: "Amari 1998, Natural gradient works efficiently in learning; Martens 2010",
    settings,
    meanings: { damping: "λ at the start", products: "the most products for one step" },
    allowed,
  },
  (given) => descent({ direction: naturalGradientDirection(given), stepLength: armijo() }),
);
