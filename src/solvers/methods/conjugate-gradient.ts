import { descent } from "../descent.ts";
import {
  type ConjugateFormula,
  conjugateFormulas,
  conjugateGradient as direction,
} from "../directions/conjugate-gradient.ts";
import { solver } from "../factory.ts";
import { strongWolfe } from "../step-lengths/strong-wolfe.ts";

const settings: { readonly formula: ConjugateFormula } = { formula: "polak-ribiere" };

export const conjugateGradient = solver(
  {
    name: "conjugate-gradient",
    title: "Nonlinear conjugate gradients",
    formula: "d = −g + βd, β by the chosen formula",
    source: "Fletcher & Reeves 1964; Polak & Ribière 1969; Hestenes & Stiefel 1952; Dai & Yuan 1999",
    settings,
    allowed: { formula: conjugateFormulas },
  },
  (given) => descent({ direction: direction(given), stepLength: strongWolfe({ curvature: 0.1 }) }),
);
