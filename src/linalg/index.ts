export { type Assignment, assignment } from "./assignment.ts";
export { cholesky, choleskySolve } from "./cholesky.ts";
export { type SymmetricEigen, symmetricEigen } from "./eigen.ts";
export { type Inertia, inertia, type Ldl, ldl, ldlSolve } from "./ldl.ts";
export { determinant, type Lu, lu, luSolve } from "./lu.ts";
export { multiply, multiplyTransposed } from "./matrix.ts";
export { type ModifiedCholesky, modifiedCholesky } from "./modified-cholesky.ts";
export { leastSquares, multiplyByQ, multiplyByQTransposed, type Qr, qr, qrSolve } from "./qr.ts";
export { addScaled, dot, norm } from "./vector.ts";
