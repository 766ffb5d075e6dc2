export { JsonError, parseJson } from "./json.ts";
export {
  type Dtype,
  type Entry,
  type Header,
  type NonFinite,
  nonFinite,
  type ReadOptions,
  readSafetensors,
  type Safetensors,
  SafetensorsError,
  safetensorsPieces,
  type Tensor,
  type TensorData,
  type TensorType,
  writeSafetensors,
} from "./safetensors/index.ts";
