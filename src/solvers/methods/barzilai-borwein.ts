import { descent } from "../descent.ts";
import { steepest } from "../directions/steepest.ts";
import { solver } from "../factory.ts";
import { count } from "../settings.ts";
import { type BarzilaiBorweinOptions, barzilaiBorwein as stepLength } from "../step-lengths/barzilai-borwein.ts";

const settings: Required<BarzilaiBorweinOptions> = { formula: "long", memory: 10 };

export const barzilaiBorwein = solver(
  {
    name: "barzilai-borwein",
    title: "Barzilai and Borwein's two-point step",
    formula: "d = −g, α = sᵀs/sᵀy (long) or sᵀy/yᵀy (short)",
    source: "Barzilai & Borwein 1988, Two-point step size gradient methods; Raydan 1997 for the guard",
    settings,
    allowed: { formula: ["long", "short"], memory: count },
  },
  (given) => descent({ direction: steepest(), stepLength: stepLength(given) }),
);
