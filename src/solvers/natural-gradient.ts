import { addScaled } from "../linalg/index.ts";
import { armijo } from "./search/armijo.ts";
import { adapt, type Damping, dampingFrom, follow } from "./search/damping.ts";
import { type Direction, descent } from "./search/descent.ts";
import { type Product, solveByCG } from "./search/linear-cg.ts";
import { checkSettings, count, positive } from "./settings.ts";
import { solver } from "./solver.ts";

const settings = { damping: 1, products: 50 };
const allowed = { damping: positive, products: count };

/**
 * d = −(F + λI)⁻¹g, the steepest direction where steps are measured by how much they change the distribution that the net
 * stands for: F is its Fisher matrix, which for the usual losses is the Gauss–Newton matrix. By conjugate gradients on
 * products with vectors. Amari 1998, Natural gradient works efficiently in learning; Martens 2010. λ adapts itself.
 */
export function natural(options: { readonly damping?: number; readonly products?: number } = {}): Direction<Damping> {
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
      follow(memory, here, d);
      return undefined;
    },
    scaled: () => true,
    learn: adapt,
  };
}

/**
 * For nets: steepest descent measured by how much the net's answers change, not its parameters. The Fisher matrix is met
 * in products alone.
 */
export const naturalGradient = solver(
  {
    name: "natural-gradient",
    title: "Natural gradient, by conjugate gradients on the Fisher matrix",
    formula: "(F + λI)d = −g by at most `products` products F·v; λ adapts itself from `damping`",
    source: "Amari 1998, Natural gradient works efficiently in learning; Martens 2010",
    settings,
    allowed,
  },
  (given) => descent({ direction: natural(given), stepLength: armijo() }),
);
