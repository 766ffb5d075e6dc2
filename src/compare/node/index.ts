export { type CompareRequest, compare } from "./compare.ts";
