export * from "../index.ts";
export { type CompareRequest, compare } from "./compare.ts";
