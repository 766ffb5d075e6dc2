export type { Dtype, TensorData } from "./dtype.ts";
export { DAMAGED, SafetensorsError } from "./error.ts";
export { type NonFinite, nonFinite } from "./finite.ts";
export { floatsOfBfloats, floatsOfHalfs } from "./half.ts";
export type { Entry, Header } from "./header.ts";
export {
  type Difference,
  differencesOf,
  differenceWords,
  type Expected,
  MismatchError,
  matchTensors,
} from "./match.ts";
export { type ReadOptions, readFrom, readSafetensors, type Safetensors, type Source } from "./read.ts";
export { countOf, MOST_AXES, type Tensor, type TensorType } from "./tensor.ts";
export { safetensorsPieces, writeSafetensors } from "./write.ts";
