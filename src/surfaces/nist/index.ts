export { findRegression, type Regression, regressions } from "./catalogue.ts";
export type { RegressionModel } from "./model.ts";
export { type Certified, readStrd, type StrdProblem } from "./read.ts";
