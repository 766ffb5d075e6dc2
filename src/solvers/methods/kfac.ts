import { descent } from "../descent.ts";
import { kfac as direction } from "../directions/kfac.ts";
import { solver } from "../factory.ts";
import { positive } from "../settings.ts";
import { armijo } from "../step-lengths/armijo.ts";

export const kfac = solver(
  {
    name: "kfac",
    title: "K-FAC: natural gradient with Kronecker factors",
    formula: "D = −(A + π√λI)⁻¹G(S + √λ/π·I)⁻¹ for each dense layer",
    source: "Martens & Grosse 2015, Optimizing neural networks with Kronecker-factored approximate curvature",
    settings: { damping: 0.1, decay: 0.9 },
    allowed: { damping: positive },
  },
  (given) => descent({ direction: direction(given), stepLength: armijo() }),
);
