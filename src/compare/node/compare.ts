import { availableParallelism } from "node:os";
import { cut, isOptions, quoteValue } from "../../arguments/index.ts";
import type { Dataset } from "../../data/index.ts";
import { checkDType, type DeviceOptions } from "../../device/index.ts";
import { nodeDevice } from "../../device/node/index.ts";
import { type Model, type ModelData, modelFor, modelToJson } from "../../nn/index.ts";
import { readModel } from "../../nn/node/index.ts";
import { checkRequest } from "../check-request.ts";
import { type Comparison, compareWithPool } from "../compare.ts";
import type { FinishedRuns } from "../finished-runs.ts";
import type { Listener } from "../listener.ts";
import type { CompareOptions } from "../options.ts";
import { checkRuns, type Subject } from "../runs.ts";
import { type CompareSettings, resolveCompareOptions } from "../settings.ts";
import { inlinePool, type WorkerPool } from "../worker-pool.ts";
import { canThread, workerPool } from "./workers.ts";

/** A comparison: its options, data and model, and the device that computes it. */
export interface CompareRequest extends CompareOptions, Pick<Subject, "data">, Omit<DeviceOptions, "threads"> {
  /**
   * A model; or its text, such as "mlp:64,32", or plain data. In text and plain data the data set decides the numbers of inputs
   * and outputs. A model that cannot become plain data, because it has functions of your own, is trained in this thread; so is any
   * model on a table that is kept in a file.
   */
  readonly model: Model | ModelData | string;
  /** Threads for the runs. Default, and at most, one for each core; 0 runs all in this thread. Results do not depend on it. */
  readonly workers?: number;
  /** Called with a message if a slower device must be used, or threads cannot be. Default: a process warning. */
  readonly onWarning?: (message: string) => void;
  /** Stops all runs. The result then has the runs made so far, and the outcome "interrupted". */
  readonly signal?: AbortSignal;
  /** Called with each event. An error that it throws ends all runs, and the comparison rejects with it. */
  readonly onEvent?: Listener;
  /** Runs that need not be made again, because they were made before, with the same data and model on the same device. Default: none. */
  readonly finished?: FinishedRuns;
}

/** The fields of a request beside the options. */
const own: Readonly<Record<Exclude<keyof CompareRequest, keyof CompareOptions>, true>> = {
  ...{ data: true, model: true, device: true, backend: true },
  ...{ workers: true, onWarning: true, signal: true, onEvent: true, finished: true },
};

/**
 * Compares optimizers on an equal footing: the same initial weights, batches and number of learning rates to try.
 * Before anything runs, it throws a RangeError for a value that is not allowed and a TypeError for a wrong type.
 */
export async function compare(request: CompareRequest): Promise<Comparison> {
  checkRequest(request, Object.keys(own));
  const settings = resolveCompareOptions(request);
  const { data, model: given } = request;
  const model = modelOf(given, data);
  checkRuns(settings, { data, model });
  return compareWithPool({ data, model }, settings, request, (signal) =>
    poolFor({ ...request, model, signal }, settings),
  );
}

function modelOf(given: CompareRequest["model"], data: Dataset): Model {
  if (typeof given === "string") return modelFor(readModel(given, { data }), data);
  return isOptions(given) && "forward" in given ? given : modelFor(given, data);
}

async function poolFor(
  request: CompareRequest & Pick<Subject, "model">,
  { dtype }: CompareSettings,
): Promise<WorkerPool> {
  const { data, model, signal, workers, onWarning = warn } = request;
  const count = workersFor(workers, onWarning);
  // Opened here as well, so that an error is reported once and not by every thread.
  const device = await nodeDevice({ ...request, threads: 1 });
  checkDType(device, dtype);
  const isNamed = typeof request.device !== "object";
  const threads = count > 0 && canThread && isNamed && liesInMemory(data, onWarning);
  const plain = threads ? plainModel(model, onWarning) : undefined;
  if (plain !== undefined) return workerPool(count, { data, model: plain, device: device.name }, signal);
  return inlinePool({ data, model, device }, signal);
}

type Warn = (message: string) => void;

/** More threads than cores cost memory and gain nothing. */
function workersFor(wanted: number | undefined, onWarning: Warn): number {
  const cores = availableParallelism();
  const count = wanted ?? cores;
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError(`workers is ${quoteValue(count)}; it must be a whole number of threads, 0 or more`);
  if (count > cores)
    onWarning(
      `${count} worker threads were requested; at most ${cores} are started, one for each core of this machine`,
    );
  return Math.min(count, cores);
}

/** Whether threads can share the data; false, with a warning, for a table that is kept in a file, and images that stay bytes, which one thread reads. */
function liesInMemory({ train, validation, test }: Dataset, onWarning: Warn): boolean {
  if (![train, validation, test].some((set) => "gather" in set)) return true;
  onWarning(
    "compare: runs one after the other in this thread, since the examples are many, and one thread reads them batch by batch",
  );
  return false;
}

/** The model as plain data for threads; undefined, with a warning, where it holds something that cannot be plain data. */
function plainModel(model: Model, onWarning: Warn): ModelData | undefined {
  try {
    return modelToJson(model);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    onWarning(
      `compare: runs one after the other in this thread, since threads need the model as plain data: ${cut(error.message, 500)}`,
    );
    return undefined;
  }
}

const warn: Warn = (message) => process.emitWarning(message);
