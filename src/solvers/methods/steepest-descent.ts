import { descent } from "../descent.ts";
import { steepest } from "../directions/steepest.ts";
import { solver } from "../factory.ts";
import { strongWolfe } from "../step-lengths/strong-wolfe.ts";

export const steepestDescent = solver(
  {
    name: "steepest-descent",
    title: "Steepest descent with a line search",
    formula: "d = −g, α by the strong Wolfe conditions",
    source: "Cauchy 1847, Méthode générale pour la résolution des systèmes d'équations simultanées",
    settings: {},
  },
  () => descent({ direction: steepest(), stepLength: strongWolfe() }),
);
