import { descent } from "../descent.ts";
import { newton as direction } from "../directions/newton.ts";
import { newtonCG } from "../directions/newton-cg.ts";
import { solver } from "../factory.ts";
import { either } from "../solver.ts";
import { strongWolfe } from "../step-lengths/strong-wolfe.ts";

/** Up to so many variables a Hessian is put together that the objective gives in products only. */
const FACTORED = 200;

/** Of a large net, which gives products with its Hessian only, the direction is found by conjugate gradients. */
export const newton = solver(
  {
    name: "newton",
    title: "Newton's method, by modified Cholesky factors",
    formula: "(∇²f + E)d = −g with E = 0 where ∇²f is positive definite",
    source: "Gill, Murray & Wright 1981, Practical optimization, section 4.4",
    settings: {},
  },
  () => {
    const stepLength = strongWolfe();
    const [factored, truncated] = [direction(), newtonCG()].map((towards) =>
      descent({ direction: towards, stepLength }),
    );
    return either(
      ["hessian", "hessianProduct"],
      ({ objective, dimension }) => (objective.hessian !== undefined || dimension <= FACTORED ? factored : truncated),
      { resumes: "rescaled" },
    );
  },
);
