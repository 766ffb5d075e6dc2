import { descent } from "../descent.ts";
import { bfgs as direction } from "../directions/bfgs.ts";
import { solver } from "../factory.ts";
import { strongWolfe } from "../step-lengths/strong-wolfe.ts";

export const bfgs = solver(
  {
    name: "bfgs",
    title: "BFGS",
    formula: "d = −Hg, H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ, ρ = 1/yᵀs",
    source: "Broyden 1970; Fletcher 1970; Goldfarb 1970; Shanno 1970",
    settings: {},
  },
  () => descent({ direction: direction(), stepLength: strongWolfe() }),
);
