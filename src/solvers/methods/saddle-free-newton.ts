import { descent } from "../descent.ts";
import { saddleFree } from "../directions/saddle-free.ts";
import { solver } from "../factory.ts";
import { positive } from "../settings.ts";
import { armijo } from "../step-lengths/armijo.ts";

export const saddleFreeNewton = solver(
  {
    name: "saddle-free-newton",
    title: "Saddle-free Newton",
    formula: "|∇²f|·d = −g",
    source: "Dauphin et al. 2014, Identifying and attacking the saddle point problem",
    settings: { damping: 4 * Number.EPSILON },
    allowed: { damping: positive },
  },
  (given) => descent({ direction: saddleFree(given), stepLength: armijo() }),
);
