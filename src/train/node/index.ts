export * from "../index.ts";
export { createTraining, train } from "./train.ts";
