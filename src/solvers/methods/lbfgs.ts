import { descent } from "../descent.ts";
import { lbfgs as direction } from "../directions/lbfgs.ts";
import { solver } from "../factory.ts";
import { count } from "../settings.ts";
import { strongWolfe } from "../step-lengths/strong-wolfe.ts";

export const lbfgs = solver(
  {
    name: "lbfgs",
    title: "L-BFGS",
    formula: "d = −Hg, H from the last `memory` steps by two loops",
    source: "Nocedal 1980, Updating quasi-Newton matrices with limited storage",
    settings: { memory: 10 },
    allowed: { memory: count },
  },
  (given) => descent({ direction: direction(given), stepLength: strongWolfe() }),
);
