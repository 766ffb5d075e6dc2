import { descent } from "../descent.ts";
import { newton as direction } from "../directions/newton.ts";
import { solver } from "../factory.ts";
import { strongWolfe } from "../step-lengths/strong-wolfe.ts";

export const newton = solver(
  {
    name: "newton",
    title: "Newton's method, by modified Cholesky factors",
    formula: "(∇²f + E)d = −g with E = 0 where ∇²f is positive definite",
    source: "Gill, Murray & Wright 1981, Practical optimization, section 4.4",
    settings: {},
  },
  () => descent({ direction: direction(), stepLength: strongWolfe() }),
);
