/** All solvers. The library exports them under these names; the registry and the command use `spec.name`. */

export { barzilaiBorwein } from "./barzilai-borwein.ts";
export { bfgs } from "./bfgs.ts";
export { conjugateGradient } from "./conjugate-gradient.ts";
export { gaussNewton } from "./gauss-newton.ts";
export { kfac } from "./kfac.ts";
export { lbfgs } from "./lbfgs.ts";
export { levenbergMarquardt } from "./levenberg-marquardt.ts";
export { naturalGradient } from "./natural-gradient.ts";
export { newton } from "./newton.ts";
export { newtonCG } from "./newton-cg.ts";
export { newtonTrustRegion } from "./newton-trust-region.ts";
export { polyak } from "./polyak.ts";
export { pureNewton } from "./pure-newton.ts";
export { saddleFreeNewton } from "./saddle-free-newton.ts";
export { steepestDescent } from "./steepest-descent.ts";
