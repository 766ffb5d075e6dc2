/**
 * What computes: a device prepares tensor programs, whose runs are awaited; kernels are programs over vectors, which compute
 * at once. Both read and write one memory. Which devices there are is in `node/` and `browser/`.
 */
export { chosenDevice, type DeviceChoice, type DeviceOptions, deviceChoices } from "./choice.ts";
export {
  checkDType,
  type Device,
  type DeviceFacts,
  type DeviceName,
  deviceNames,
  type Runnable,
  type Views,
} from "./device.ts";
export { DeviceError } from "./error.ts";
export { yieldEvery } from "./event-loop.ts";
export type { Accept, BoundKernel, Kernel, TiedKernel } from "./kernel.ts";
export { Arena, bytesPerNumber } from "./memory.ts";
export { type Queue, queue } from "./queue.ts";
export { stoppable } from "./stoppable.ts";
