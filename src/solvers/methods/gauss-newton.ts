import { descent } from "../descent.ts";
import { gaussNewton as direction } from "../directions/gauss-newton.ts";
import { solver } from "../factory.ts";
import { armijo } from "../step-lengths/armijo.ts";

export const gaussNewton = solver(
  {
    name: "gauss-newton",
    title: "Gauss–Newton with a line search",
    formula: "d makes ‖r + Jd‖ least",
    source: "Gauss 1809, Theoria motus",
    settings: {},
  },
  () => descent({ direction: direction(), stepLength: armijo() }),
);
