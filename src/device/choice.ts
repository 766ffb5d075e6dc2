import { checkNumber, domains, quoteValue, unknownName } from "../arguments/index.ts";
import { type Device, type DeviceFacts, deviceNames } from "./device.ts";

/** `auto` takes the fastest one that is sure to give the same numbers: ONNX Runtime on the processor. */
export const deviceChoices = ["auto", ...deviceNames] as const;
export type DeviceChoice = (typeof deviceChoices)[number];

export interface DeviceOptions {
  /** What computes losses and gradients: a name, or a device of your own. Default "auto": ONNX Runtime on the processor. */
  readonly device?: DeviceChoice | Device;
  /** `"reference"` is the device of that name, `"onnx"` is any other. */
  readonly backend?: DeviceFacts["backend"];
  /** Threads for ONNX Runtime, one for each core at most. Default: one for small nets, else all cores. */
  readonly threads?: number;
  /** Hears where another device than the fastest, or fewer threads than asked for, had to be taken. Default: a warning of the process. */
  readonly onWarning?: (message: string) => void;
}

/**
 * The device that is asked for, by whichever of the two options. Throws a RangeError for a name that does not exist, and
 * where the options disagree.
 */
export function chosenDevice({ device, backend, threads }: DeviceOptions): DeviceChoice | Device {
  if (threads !== undefined) checkNumber("threads", threads, domains.count);
  if (typeof device === "string" && !deviceChoices.includes(device))
    throw new RangeError(unknownName("device", String(device), deviceChoices));
  if (backend !== undefined && !["onnx", "reference"].includes(backend))
    throw new RangeError(unknownName("backend", String(backend), ["onnx", "reference"]));
  if (device === undefined) return backend === "reference" ? "reference" : "auto";
  if (backend !== undefined && backend !== backendOf(device))
    throw new RangeError(
      `device ${nameOf(device)} computes by ${backendOf(device)}, and backend is ${backend}; leave backend out`,
    );
  return device;
}

/**
 * The threads that are asked for, but no more than there are cores: more would take memory and gain nothing. The interpreter
 * has one. `tell` hears where another number is taken. Throws a RangeError for anything but a whole number, 1 or more.
 */
export function chosenThreads(
  { threads, ...asked }: DeviceOptions,
  cores: number,
  tell: (message: string) => void,
): number | undefined {
  if (threads === undefined) return undefined;
  if (!Number.isSafeInteger(threads) || threads < 1)
    throw new RangeError(`threads is ${quoteValue(threads)}; it must be a whole number, 1 or more`);
  const device = chosenDevice(asked);
  if (nameOf(device) === "reference" && threads > 1)
    tell(`threads is ${threads}, but the device reference computes in one`);
  else if (threads > cores)
    tell(
      `threads is ${threads}, but ${cores === 1 ? "there is one core" : `there are ${cores} cores`} here: ${cores} are taken`,
    );
  return Math.min(threads, cores);
}

const nameOf = (device: DeviceChoice | Device): string => (typeof device === "string" ? device : device.name);

function backendOf(device: DeviceChoice | Device): DeviceFacts["backend"] {
  if (typeof device !== "string") return device.backend;
  return device === "reference" ? "reference" : "onnx";
}
