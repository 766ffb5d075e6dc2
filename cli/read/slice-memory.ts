import { availableParallelism, totalmem } from "node:os";
import { getHeapStatistics } from "node:v8";
import { type Examples, sourceOf } from "../../src/data/index.ts";
import { dtypeOf } from "../../src/expr/index.ts";
import type { Grid } from "../../src/landscape/index.ts";
import { format } from "../../src/report/index.ts";
import { evaluationMemory } from "../../src/train/index.ts";
import * as flags from "../flags/index.ts";
import { Failure, UsageError } from "../mistakes/failure.ts";
import type { Progress } from "../print/progress.ts";
import type { Settings } from "../settings.ts";
import type { SourceRun } from "./source-run.ts";

/** Examples in a batch of an evaluation. */
const BATCH = 500;

/** How much more nets with convolutions were seen to take than is computed. */
const MORE = 1.7;

/** The memory of this machine that threads may take together. */
const SHARE = 0.6;

/** What one thread takes to measure points, about. */
const bytesOf = ({ net: { model, w } }: SourceRun, examples: Examples): number =>
  MORE * evaluationMemory({ model, batchSize: BATCH, targetSize: sourceOf(examples).targetSize, dtype: dtypeOf(w) });

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toPrecision(2)} GB`;

/** Throws a Failure where the machine does not have the memory for one thread. */
export function checkMemoryFor(run: SourceRun, examples: Examples, most = totalmem()): void {
  const wanted = bytesOf(run, examples);
  if (wanted <= most) return;
  const { name } = run.net.model;
  throw new Failure(
    `there is not enough memory: measuring ${name} takes about ${gigabytes(wanted)}, and this machine has ${gigabytes(most)}; use a machine with more, or train a smaller net`,
  );
}

/**
 * What a point of the grid takes at most, in bytes: its losses while they are measured (701 and 596 for 401 and 801 points along an axis), and what
 * the file for ParaView is put together from (1,860 and 1,918), which takes the most of all that is written.
 */
const POINT = 2_600;

/** What Node gives to a program's objects. */
const heap = (): number => getHeapStatistics().heap_size_limit;

/** Throws a UsageError for a grid of more points than the memory holds. */
export function checkMemoryOfGrid({ x, y }: Grid, most = heap()): void {
  const count = x.length * y.length;
  if (count * POINT <= most) return;
  const fits = Math.floor(most / POINT);
  throw new UsageError(
    `--grid: ${format.count(count)} points take about ${gigabytes(count * POINT)}, and Node has ${gigabytes(most)}; give ${format.count(fits)} points at most, ${
      y.length === 1 ? `--grid ${fits}` : `such as --grid ${Math.floor(Math.sqrt(fits))}`
    }`,
  );
}

/** As many threads as are asked for; else one for each core, or fewer, with a note, where they would take most of the memory. */
export function workersFor(
  settings: Settings,
  { run, examples }: { readonly run: SourceRun; readonly examples: Examples },
  progress: Progress,
  most = totalmem(),
): number {
  const cores = availableParallelism();
  const asked = settings.get(flags.measuringWorkers);
  if (asked !== undefined) return asked;
  const bytes = bytesOf(run, examples);
  const fitting = Math.max(1, Math.floor((SHARE * most) / bytes));
  if (fitting < cores)
    progress.note(
      `${format.count(fitting)} of ${format.count(cores)} cores are used, since each thread takes about ${gigabytes(bytes)}`,
    );
  return Math.min(fitting, cores);
}

/** What allocators say: V8's, WebAssembly's, ONNX Runtime's. */
const LACKING = /out of memory|could not allocate|allocation failed|failed to allocate|bad_alloc|memory limit/i;

/** The same error; or, if memory was lacking, a Failure that says what to do. */
export const outOfMemory = (error: unknown): unknown =>
  error instanceof Error && LACKING.test(error.message)
    ? new Failure(
        `there is not enough memory (${error.message}); give fewer --threads, such as 1, or a smaller --limit`,
        {
          cause: error,
        },
      )
    : error;
