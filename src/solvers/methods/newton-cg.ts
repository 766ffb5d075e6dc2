import { descent } from "../descent.ts";
import { newtonCG as direction } from "../directions/newton-cg.ts";
import { solver } from "../factory.ts";
import { count } from "../settings.ts";
import { strongWolfe } from "../step-lengths/strong-wolfe.ts";

export const newtonCG = solver(
  {
    name: "newton-cg",
    title: "Newton's method without the Hessian, by truncated conjugate gradients",
    formula: "∇²f·d ≈ −g by at most `products` products ∇²f·v",
    source: "Dembo & Steihaug 1983, Truncated-Newton algorithms for large-scale unconstrained optimization",
    settings: { products: 200 },
    allowed: { products: count },
  },
  (given) => descent({ direction: direction(given), stepLength: strongWolfe() }),
);
