export { bits32, mix32 } from "./hash.ts";
export { philox4x32 } from "./philox.ts";
export { Random, type RandomState } from "./random.ts";
