import { availableParallelism } from "node:os";
import { backendFor, nodeDevice } from "../../device/node/devices.ts";
import { alone } from "../carry-out.ts";
import { type Listener, runComparison, type Subject } from "../compare.ts";
import type { Crew } from "../crew.ts";
import type { CompareResult } from "../result.ts";
import { type CompareOptions, settleComparison } from "../settings.ts";
import { canThread, threads } from "./threads.ts";

export interface CompareRequest extends CompareOptions, Subject {
  /** Threads that runs are shared out to. Default: one for each core. 0: in this thread. Results do not depend on it. */
  readonly workers?: number;
  /** What computes costs and gradients. Default: ONNX Runtime, or the reference interpreter where that is not installed. */
  readonly backend?: "onnx" | "reference";
  /** Hears why the reference interpreter computes where nobody asked for it. Default: a warning of the process. */
  readonly onWarning?: (message: string) => void;
  /** Stops all runs; what was done is in the result, whose outcome is then "interrupted". */
  readonly signal?: AbortSignal;
  readonly onEvent?: Listener;
}

/** Compares optimizers on the same footing. Throws a RangeError for options that are not allowed, before anything runs. */
export async function compare(request: CompareRequest): Promise<CompareResult> {
  const settings = settleComparison(request);
  const crew = await crewFor(request);
  try {
    return await runComparison(request, settings, crew, request.onEvent);
  } finally {
    await crew.dispose();
  }
}

async function crewFor(request: CompareRequest): Promise<Crew> {
  const { data, model, signal, workers } = request;
  const count = workers ?? availableParallelism();
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError(`workers is ${count}; it must be a whole number of threads, 0 or more`);
  // Asked here, so that what is wrong is told once and not by every thread.
  const backend = await backendFor(request);
  if (count > 0 && canThread) return threads(count, { data, model, backend }, signal);
  return alone({ data, model, device: await nodeDevice({ backend, threads: 1 }) }, signal);
}
