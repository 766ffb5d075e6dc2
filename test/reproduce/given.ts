import type { Given, Kept } from "../../reproduce/index.ts";
import type { FinishedRuns, Job } from "../../src/compare/index.ts";
import { compare } from "../../src/compare/node/index.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import { DataError } from "../../src/files/index.ts";
import { isRunRecord } from "../../src/report/index.ts";

/** A shelf in memory that counts what was made. */
export function shelf(values = new Map<string, unknown>()) {
  const made: object[] = [];
  const kept: Kept = {
    find: (key) => values.get(JSON.stringify(key)),
    keep: (key, value) => {
      made.push(key);
      values.set(JSON.stringify(key), JSON.parse(JSON.stringify(value)));
    },
  };
  return { kept, values, made };
}

interface Surroundings {
  readonly kept?: Kept;
  readonly signal?: AbortSignal;
  readonly parts?: readonly string[];
  /** Data sets that can be had: the bundled digits stand for each. */
  readonly has?: readonly string[];
  /** Training examples. Default: all. */
  readonly limit?: number;
  readonly onProgress?: Given["progress"];
}

/** What reproductions are run with here: the bundled digits in the place of every data set, and this thread. */
export function givenDigits(around: Surroundings = {}) {
  const { kept = shelf().kept, signal = new AbortController().signal, parts = [], onProgress = () => {} } = around;
  const { has = ["mnist", "cifar-10"], limit } = around;
  const notes: string[] = [];
  const finished = (request: object): FinishedRuns => {
    const keyOf = (job: Job): object => ({ request: JSON.stringify(request).length, job });
    return {
      find: (job) => {
        const run = kept.find(keyOf(job));
        return isRunRecord(run) ? run : undefined;
      },
      keep: (job, run) => kept.keep(keyOf(job), run),
    };
  };
  const given: Given = {
    ...{ scale: "quick", parts, kept, signal, progress: onProgress, note: (words) => notes.push(words) },
    digest: () => "digits",
    data: async (name) => {
      if (!has.includes(name)) throw new DataError(name, "it is not here", "get it");
      return { ...(await loadDataset("digits", limit === undefined ? {} : { limit })), name };
    },
    device: () => nodeDevice({ threads: 1 }),
    compare: ({ onPasses, ...request }) =>
      compare({
        ...{ ...request, workers: 0, signal, finished: finished(request.model) },
        onEvent: (event) => event.kind === "progress" && onPasses?.(event.done, event.total),
      }),
  };
  return { given, notes };
}
