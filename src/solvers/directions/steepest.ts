import type { Direction } from "../descent.ts";

/** d = −g. Cauchy 1847, Méthode générale pour la résolution des systèmes d'équations simultanées. */
export const steepest = (): Direction => ({
  name: "steepest descent",
  needsOneOf: [],
  start: () => ({
    direction: ({ g }, d) => {
      for (let i = 0; i < g.length; i++) d[i] = -g[i];
    },
    scaled: () => false,
  }),
});
