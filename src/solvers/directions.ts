/** Search directions for `descent`. */
export { bfgsDirection as bfgs } from "./bfgs.ts";
export { type ConjugateFormula, conjugateGradientDirection as conjugateGradient } from "./conjugate-gradient.ts";
export { gaussNewtonDirection as gaussNewton } from "./gauss-newton.ts";
export { kfacDirection as kfac } from "./kfac.ts";
export { lbfgsDirection as lbfgs } from "./lbfgs.ts";
export { naturalGradientDirection as naturalGradient } from "./natural-gradient.ts";
export { newtonDirection as newton } from "./newton.ts";
export { newtonCGDirection as newtonCG } from "./newton-cg.ts";
export { pureNewtonDirection as pureNewton } from "./pure-newton.ts";
export { saddleFreeDirection as saddleFree } from "./saddle-free-newton.ts";
export { steepestDirection as steepest } from "./steepest-descent.ts";
