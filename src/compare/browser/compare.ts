import { isOptions } from "../../arguments/index.ts";
import { browserDevice } from "../../device/browser/index.ts";
import { checkDType, type DeviceOptions } from "../../device/index.ts";
import { type Model, type ModelData, modelFor } from "../../nn/index.ts";
import { compareIn } from "../compare.ts";
import { checkRequest } from "../door.ts";
import type { Listener } from "../listening.ts";
import type { CompareOptions } from "../options.ts";
import type { CompareResult } from "../result.ts";
import { checkRuns, type Subject } from "../runs.ts";
import { settleComparison } from "../settings.ts";
import { inlinePool } from "../worker-pool.ts";

export interface CompareRequest extends CompareOptions, Pick<Subject, "data">, DeviceOptions {
  /** A model; or its text, such as "mlp:64,32", or plain data, whose ends the data set decides. */
  readonly model: Model | ModelData | string;
  /** Stops all runs; what was done is in the result, whose outcome is then "interrupted". */
  readonly signal?: AbortSignal;
  /** What it throws ends all runs, and the comparison rejects with it. */
  readonly onEvent?: Listener;
}

/** What stands in a request beside the settings. Node's `workers` may stand there too: no result depends on it. */
const own: Readonly<Record<Exclude<keyof CompareRequest, keyof CompareOptions>, true>> = {
  ...{ data: true, model: true, device: true, backend: true },
  ...{ threads: true, onWarning: true, signal: true, onEvent: true },
};

/**
 * Compares optimizers on the same footing, one run after the other in this thread: call it in a worker to keep a page
 * alive meanwhile. Throws a RangeError for options that are not allowed, and a TypeError for what is none, before anything
 * runs.
 */
export async function compare(request: CompareRequest): Promise<CompareResult> {
  checkRequest(request, [...Object.keys(own), "workers"]);
  const settings = settleComparison(request);
  const { data, model: given } = request;
  const model = isOptions(given) && "forward" in given ? given : modelFor(given, data);
  checkRuns(settings, { data, model });
  const device = await browserDevice(request);
  checkDType(device, settings.dtype);
  return compareIn({ data, model }, settings, request, async (signal) => inlinePool({ data, model, device }, signal));
}
