export { loadRegression, strdFile, strdFolder } from "./strd.ts";
