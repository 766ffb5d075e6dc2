/**
 * Everything that computes: a device prepares tensor programs, which run asynchronously; kernels are programs over vectors,
 * which run synchronously. Both read and write the same memory. `node/` and `browser/` have the available devices.
 */
export { chosenDevice, type DeviceChoice, type DeviceOptions, deviceChoices } from "./choice.ts";
export {
  checkDType,
  type Device,
  type DeviceFacts,
  type DeviceName,
  deviceNames,
  type OwnMemory,
  type Resident,
  type ResidentProgram,
  type ResidentResults,
  type Runnable,
  type Views,
} from "./device.ts";
export { DeviceError } from "./error.ts";
export { yieldEvery } from "./event-loop.ts";
export type { Accept, BoundKernel, Kernel, TiedKernel } from "./kernel.ts";
export { Arena, bytesPerNumber } from "./memory.ts";
export { type Queue, queue } from "./queue.ts";
export { stoppable } from "./stoppable.ts";
