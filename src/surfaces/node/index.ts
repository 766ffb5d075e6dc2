export { loadRegression, strdFile, strdFolder } from "./nist.ts";
