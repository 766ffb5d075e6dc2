/** Where to go from a point: `descent` takes one of these. */
export { quasiNewton as bfgs } from "./bfgs.ts";
export { type ConjugateFormula, conjugate as conjugateGradient } from "./conjugate-gradient.ts";
export { linearized as gaussNewton } from "./gauss-newton.ts";
export { factored as kfac } from "./kfac.ts";
export { limitedMemory as lbfgs } from "./lbfgs.ts";
export { natural as naturalGradient } from "./natural-gradient.ts";
export { modified as newton } from "./newton.ts";
export { truncated as newtonCG } from "./newton-cg.ts";
export { pure as pureNewton } from "./pure-newton.ts";
export { saddleFree } from "./saddle-free-newton.ts";
export { steepest } from "./steepest-descent.ts";
