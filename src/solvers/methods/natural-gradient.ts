import { descent } from "../descent.ts";
import { naturalGradient as direction } from "../directions/natural-gradient.ts";
import { solver } from "../factory.ts";
import { count, positive } from "../settings.ts";
import { armijo } from "../step-lengths/armijo.ts";

export const naturalGradient = solver(
  {
    name: "natural-gradient",
    title: "Natural gradient, by conjugate gradients on the Fisher matrix",
    formula: "(F + λI)d = −g by at most `products` products F·v; λ adapts itself from `damping`",
    source: "Amari 1998, Natural gradient works efficiently in learning; Martens 2010",
    settings: { damping: 1, products: 50 },
    allowed: { damping: positive, products: count },
  },
  (given) => descent({ direction: direction(given), stepLength: armijo() }),
);
