import { isOptions } from "../../arguments/index.ts";
import { browserDevice } from "../../device/browser/index.ts";
import { checkDType, type DeviceOptions } from "../../device/index.ts";
import { type Model, type ModelData, modelFor } from "../../nn/index.ts";
import { checkRequest } from "../check-request.ts";
import { type Comparison, compareWithPool } from "../compare.ts";
import type { FinishedRuns } from "../finished-runs.ts";
import type { Listener } from "../listener.ts";
import type { CompareOptions } from "../options.ts";
import { checkRuns, type Subject } from "../runs.ts";
import { resolveCompareOptions } from "../settings.ts";
import { inlinePool } from "../worker-pool.ts";

/** A comparison: its options, data and model, and the device that computes it. */
export interface CompareRequest extends CompareOptions, Pick<Subject, "data">, DeviceOptions {
  /** A model; or its text, such as "mlp:64,32", or plain data. In text and plain data the data set decides the numbers of inputs and outputs. */
  readonly model: Model | ModelData | string;
  /** Stops all runs. The result then has the runs made so far, and the outcome "interrupted". */
  readonly signal?: AbortSignal;
  /** Called with each event. An error that it throws ends all runs, and the comparison rejects with it. */
  readonly onEvent?: Listener;
  /** Runs that need not be made again, because they were made before, with the same data and model on the same device. Default: none. */
  readonly finished?: FinishedRuns;
}

/** The fields of a request beside the options. Node's `workers` is allowed, too, since no result depends on it. */
const own: Readonly<Record<Exclude<keyof CompareRequest, keyof CompareOptions>, true>> = {
  ...{ data: true, model: true, device: true, backend: true },
  ...{ threads: true, onWarning: true, signal: true, onEvent: true, finished: true },
};

/**
 * Compares optimizers on an equal footing, one run after the other in this thread: call it in a worker to keep the page
 * responsive. Before anything runs, it throws a RangeError for a value that is not allowed and a TypeError for a wrong type.
 */
export async function compare(request: CompareRequest): Promise<Comparison> {
  checkRequest(request, [...Object.keys(own), "workers"]);
  const settings = resolveCompareOptions(request);
  const { data, model: given } = request;
  const model = isOptions(given) && "forward" in given ? given : modelFor(given, data);
  checkRuns(settings, { data, model });
  const device = await browserDevice(request);
  checkDType(device, settings.dtype);
  return compareWithPool({ data, model }, settings, request, async (signal) =>
    inlinePool({ data, model, device }, signal),
  );
}
