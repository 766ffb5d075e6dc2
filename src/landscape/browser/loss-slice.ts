import { browserDevice } from "../../device/browser/index.ts";
import type { DeviceOptions } from "../../device/index.ts";
import { lossSlice as measured, type SliceOptions } from "../index.ts";
import type { LossSlice } from "../slices/landscape.ts";
import { checkSliceOptions } from "../slices/loss-slice.ts";

/** What a slice is made of, and the device, by its name or your own. */
export interface SliceRequest
  extends Omit<SliceOptions, "device">,
    Pick<DeviceOptions, "device" | "threads" | "onWarning"> {}

/**
 * Measures loss and accuracy of a net over a line or a plane through its weights, on a device of the browser. Throws as in Node, and a
 * DeviceError if the device is not available.
 */
export async function lossSlice(options: SliceRequest): Promise<LossSlice> {
  checkSliceOptions(options, ["threads", "onWarning"]);
  const { device, threads, onWarning, ...request } = options;
  const chosen = {
    ...(device !== undefined && { device }),
    ...(threads !== undefined && { threads }),
    ...(onWarning !== undefined && { onWarning }),
  };
  return measured({ ...request, device: await browserDevice(chosen) });
}
