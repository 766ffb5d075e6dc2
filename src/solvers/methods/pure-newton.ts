import { descent } from "../descent.ts";
import { pureNewton as direction } from "../directions/newton.ts";
import { solver } from "../factory.ts";
import { fixed } from "../step-lengths/fixed.ts";

/** It goes to the nearest point without slope, be it a saddle or a maximum; a singular Hessian ends it. */
export const pureNewton = solver(
  {
    name: "pure-newton",
    title: "Newton's method without a safeguard",
    formula: "x ← x − ∇²f⁻¹g",
    source: "Newton 1669; Raphson 1690; Simpson 1740",
    settings: {},
  },
  () => descent({ direction: direction(), stepLength: fixed() }),
);
