import { descent } from "../descent.ts";
import { steepest } from "../directions/steepest.ts";
import { solver } from "../factory.ts";
import { polyak as stepLength } from "../step-lengths/polyak.ts";

export const polyak = solver(
  {
    name: "polyak",
    title: "Polyak's step",
    formula: "d = −g, α = (f − minimum)/‖g‖²",
    source: "Polyak 1969, Minimization of unsmooth functionals",
    settings: { minimum: 0 },
  },
  (given) => descent({ direction: steepest(), stepLength: stepLength(given) }),
);
