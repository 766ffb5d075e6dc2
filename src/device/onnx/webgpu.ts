import { INDICES_OF_MAXIMA, UNEVEN_CHANNELS } from "../../expr/index.ts";

/**
 * What ONNX Runtime's WebGPU provider cannot compute in float32 (1.30, tried one by one in Node), of what programs are made of: types of
 * nodes, `INDICES_OF_MAXIMA` and `UNEVEN_CHANNELS`. A cast from int64, which `ArgMax` needs afterwards, has no kernel. Where a `Conv`
 * has output channels in fours and input channels in threes, more than 3 and not in fours, its shader reads three input channels at a time
 * at a place that it counts in fours (microsoft/onnxruntime#29651). With groups, it computes two or four output channels together, all
 * from the first one's group. A `ConvTranspose` from pairs of channels to one takes the kernels of later groups from the wrong place. The
 * sums are then wrong, without an error.
 */
export const webgpuLacks: ReadonlySet<string> = new Set([
  ...["Sign", "Round", "LogSoftmax", "Mod", "Or", "Xor", "ArgMax"],
  INDICES_OF_MAXIMA,
  UNEVEN_CHANNELS,
]);
