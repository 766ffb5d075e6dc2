import { availableParallelism } from "node:os";
import { cut, isOptions, quoteValue } from "../../arguments/index.ts";
import type { Dataset } from "../../data/index.ts";
import { checkDType, type DeviceOptions } from "../../device/index.ts";
import { nodeDevice } from "../../device/node/index.ts";
import { type Model, type ModelData, modelFor, modelToJson } from "../../nn/index.ts";
import { readModel } from "../../nn/node/index.ts";
import { compareIn } from "../compare.ts";
import { checkRequest } from "../door.ts";
import type { Listener } from "../listening.ts";
import type { CompareOptions } from "../options.ts";
import type { CompareResult } from "../result.ts";
import { checkRuns, type Subject } from "../runs.ts";
import { type CompareSettings, settleComparison } from "../settings.ts";
import { inlinePool, type WorkerPool } from "../worker-pool.ts";
import { canThread, workerPool } from "./workers.ts";

export interface CompareRequest extends CompareOptions, Pick<Subject, "data">, Omit<DeviceOptions, "threads"> {
  /**
   * A model; or its text, such as "mlp:64,32", or plain data, whose ends the data set decides. One that cannot be plain data,
   * since it has functions of your own, is trained in this thread.
   */
  readonly model: Model | ModelData | string;
  /** Threads that runs are shared out to, one for each core at most. Default: as many. 0: in this thread. Results do not depend on it. */
  readonly workers?: number;
  /**
   * Hears where another device than the fastest had to be taken, and why there are no threads. Default: a warning of the
   * process.
   */
  readonly onWarning?: (message: string) => void;
  /** Stops all runs; what was done is in the result, whose outcome is then "interrupted". */
  readonly signal?: AbortSignal;
  /** What it throws ends all runs, and the comparison rejects with it. */
  readonly onEvent?: Listener;
}

/** What stands in a request beside the settings. */
const own: Readonly<Record<Exclude<keyof CompareRequest, keyof CompareOptions>, true>> = {
  ...{ data: true, model: true, device: true, backend: true },
  ...{ workers: true, onWarning: true, signal: true, onEvent: true },
};

/**
 * Compares optimizers on the same footing. Throws a RangeError for options that are not allowed, and a TypeError for what is
 * none, before anything runs.
 */
export async function compare(request: CompareRequest): Promise<CompareResult> {
  checkRequest(request, Object.keys(own));
  const settings = settleComparison(request);
  const { data, model: given } = request;
  const model = modelOf(given, data);
  checkRuns(settings, { data, model });
  return compareIn({ data, model }, settings, request, (signal) => poolFor({ ...request, model, signal }, settings));
}

function modelOf(given: CompareRequest["model"], data: Dataset): Model {
  if (typeof given === "string") return modelFor(readModel(given), data);
  return isOptions(given) && "forward" in given ? given : modelFor(given, data);
}

async function poolFor(
  request: CompareRequest & Pick<Subject, "model">,
  { dtype }: CompareSettings,
): Promise<WorkerPool> {
  const { data, model, signal, workers, onWarning = warn } = request;
  const count = workersFor(workers, onWarning);
  // Asked here, so that what is wrong is told once and not by every thread.
  const device = await nodeDevice({ ...request, threads: 1 });
  checkDType(device, dtype);
  const isNamed = typeof request.device !== "object";
  const plain = count > 0 && canThread && isNamed ? plainModel(model, onWarning) : undefined;
  if (plain !== undefined) return workerPool(count, { data, model: plain, device: device.name }, signal);
  return inlinePool({ data, model, device }, signal);
}

type Warn = (message: string) => void;

/** More threads than cores take memory each and give nothing. */
function workersFor(wanted: number | undefined, onWarning: Warn): number {
  const cores = availableParallelism();
  const count = wanted ?? cores;
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError(`workers is ${quoteValue(count)}; it must be a whole number of threads, 0 or more`);
  if (count > cores)
    onWarning(`${count} worker threads are asked for; ${cores} are started at most, one for each core of this machine`);
  return Math.min(count, cores);
}

/** The model as a thread can take it; undefined, with a warning, where there is something in it that it cannot. */
function plainModel(model: Model, onWarning: Warn): ModelData | undefined {
  try {
    return modelToJson(model);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    onWarning(
      `compare: all runs go on in this thread, one after the other, since threads take plain data: ${cut(error.message, 500)}`,
    );
    return undefined;
  }
}

const warn: Warn = (message) => process.emitWarning(message);
