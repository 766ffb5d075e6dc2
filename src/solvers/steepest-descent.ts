import { type Direction, descent } from "./search/descent.ts";
import { strongWolfe } from "./search/strong-wolfe.ts";
import { solver } from "./solver.ts";

/** d = −g. Cauchy 1847, Méthode générale pour la résolution des systèmes d'équations simultanées. */
export const steepestDirection = (): Direction<null> => ({
  name: "steepest descent",
  needsOneOf: [],
  init: () => null,
  direction: (_f, _memory, { g }, d) => {
    for (let i = 0; i < g.length; i++) d[i] = -g[i];
    return undefined;
  },
  scaled: () => false,
});

/** A step against the gradient, with its length from a line search: the baseline for all other solvers. */
export const steepestDescent = solver(
  {
    name: "steepest-descent",
    title: "Steepest descent with a line search",
    formula: "d = −g, α by the strong Wolfe conditions",
    symbols: "g is the gradient, d the direction and α the step length",
    source: "Cauchy 1847, Méthode générale pour la résolution des systèmes d'équations simultanées",
    settings: {},
    meanings: {},
  },
  () => descent({ direction: steepestDirection(), stepLength: strongWolfe() }),
);
