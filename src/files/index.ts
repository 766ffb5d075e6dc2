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
  type Tensor,
  type TensorData,
  type TensorType,
} from "./safetensors/index.ts";
