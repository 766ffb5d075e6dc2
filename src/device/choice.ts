import { checkFunction, checkNumber, domains, isOptions, quoteValue, unknownName } from "../arguments/index.ts";
import { type Device, type DeviceFacts, deviceNames } from "./device.ts";

/**
 * The names of devices, and `auto`: the fastest device that is certain to give the same values, ONNX Runtime on the
 * processor.
 */
export const deviceChoices = ["auto", ...deviceNames] as const;
/**
 * A device's name, or `"auto"`: ONNX Runtime on the processor, the fastest device that is certain to give the same
 * values.
 */
export type DeviceChoice = (typeof deviceChoices)[number];

/** The device that computes, and its threads. */
export interface DeviceOptions {
  /** The device that computes losses and gradients: a name, or your own device. Default "auto": ONNX Runtime on the processor. */
  readonly device?: DeviceChoice | Device;
  /**
   * How the device computes: `"reference"` selects the device of that name, `"onnx"` any other. Default: the device's
   * own.
   */
  readonly backend?: DeviceFacts["backend"];
  /** Threads for ONNX Runtime, at most one per core. Default: one for small nets, else one per core. */
  readonly threads?: number;
  /** Called with a message if a slower device, or fewer threads than requested, must be used. Default: a process warning. */
  readonly onWarning?: (message: string) => void;
}

/**
 * The requested device, by either of the two options. Throws a RangeError for an unknown name, and if the options
 * contradict each other.
 */
export function chosenDevice({ device, backend, threads, onWarning }: DeviceOptions): DeviceChoice | Device {
  if (onWarning !== undefined) checkFunction("onWarning", onWarning);
  if (device !== undefined && typeof device !== "string") checkOwn(device);
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

/** Throws a TypeError for a device of your own that could prepare no program. */
function checkOwn(device: unknown): void {
  if (!(isOptions(device) && "prepare" in device && typeof device.prepare === "function" && "name" in device))
    throw new TypeError(
      `device is ${quoteValue(device)}; give a name (${deviceChoices.join(", ")}), or a device: { name, backend, runtime, float64, threads, prepare }`,
    );
}

/**
 * The requested threads, but at most one per core, as more would take memory and gain nothing. The interpreter has one. Calls
 * `tell` if the number differs from the request. Throws a RangeError unless the request is a whole number, 1 or more.
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
  if (nameOf(device) === "reference" && threads > 1) tell(`threads is ${threads}, but the device reference uses one`);
  else if (threads > cores)
    tell(
      `threads is ${threads}, but ${cores === 1 ? "there is one core" : `there are ${cores} cores`} here; using ${cores}`,
    );
  return Math.min(threads, cores);
}

const nameOf = (device: DeviceChoice | Device): string => (typeof device === "string" ? device : device.name);

function backendOf(device: DeviceChoice | Device): DeviceFacts["backend"] {
  if (typeof device !== "string") return device.backend;
  return device === "reference" ? "reference" : "onnx";
}
