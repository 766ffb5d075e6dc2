import { setImmediate } from "node:timers/promises";
import { isDecimal } from "../../src/arguments/index.ts";
import { type Dataset, type FoldData, findEntry, lookAtTable, tableOptions } from "../../src/data/index.ts";
import { type DataEvent, type LoadOptions, loadDataset, loadTable } from "../../src/data/node/index.ts";
import type { Preprocessing } from "../../src/data/table/index.ts";
import * as bundles from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { idNotes, rowsOf } from "../print/data-notes.ts";
import type { Progress } from "../print/progress.ts";
import { bar } from "../print/progress.ts";
import type { ShownTable } from "../print/table-look.ts";
import type { Settings } from "../settings.ts";
import { checkColumns } from "./table-needed.ts";

/** Loads the data set that the settings name, and downloads it first where that is needed. */
export function loadData(
  settings: Settings,
  progress: Progress,
  signal: AbortSignal,
  preprocessing?: Preprocessing,
): Promise<Dataset> {
  return loadNamed(settings.value(flags.data), settings, progress, signal, preprocessing);
}

export async function loadNamed(
  name: string,
  settings: Settings,
  progress: Progress,
  signal: AbortSignal,
  preprocessing?: Preprocessing,
): Promise<Dataset> {
  checkColumns(name, settings, preprocessing);
  const options: LoadOptions = {
    ...loadOptions(settings),
    ...(preprocessing && { preprocessing }),
    signal,
    onProgress: (event) => tell(event, progress),
  };
  const data = await loadDataset(name, options).finally(() => listen(signal));
  progress.clear();
  return data;
}

/**
 * A data set; and if it is a table, what it holds, even where it cannot be trained on.
 *
 * @throws DataError for a file that cannot be read as a table
 */
export async function lookAt(
  name: string,
  settings: Settings,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ readonly data?: Dataset; readonly look?: ShownTable }> {
  const options = loadOptions(settings);
  const table = await loadTable(name, options).finally(() => listen(signal));
  if (table !== undefined) {
    const look = { table, ...lookAtTable(table, tableOptions(options)) };
    return { look, ...(look.data && { data: look.data }) };
  }
  const data = await loadNamed(name, settings, progress, signal);
  const { columns } = data;
  if (columns === undefined) return { data };
  return { data, look: { table: { name, rows: rowsOf(data) }, columns, data } };
}

/** The rows of a data set as folds take them: of a table before anything is measured. */
export async function loadFolds(settings: Settings, progress: Progress, signal: AbortSignal): Promise<FoldData> {
  const name = settings.value(flags.data);
  checkColumns(name, settings);
  const { classWeights, ...given } = loadOptions(settings);
  const options: LoadOptions = { ...given, signal, onProgress: (event) => tell(event, progress) };
  const table = await loadTable(name, options).finally(() => listen(signal));
  if (table !== undefined) return { table, ...tableOptions({ ...options, classWeights }) };
  const data = await loadDataset(name, options).finally(() => listen(signal));
  progress.clear();
  return { dataset: data, ...(classWeights !== undefined && { classWeights }) };
}

/** Throws a RangeError for a name that no data set has. */
export function checkData(name: string): void {
  findEntry(name);
}

/** Tells, of a table, what may have been taken otherwise than it was meant, where nobody has said. */
export function noteTable(settings: Settings, data: Dataset, progress: Progress): void {
  noteTask(settings, data, progress);
  const isChosen = settings.has(flags.columns) || settings.has(flags.from);
  if (!isChosen) for (const note of idNotes(data.columns ?? [], rowsOf(data))) progress.note(note);
}

/** A column of a few numbers may be classes or a quantity. */
function noteTask(settings: Settings, { form, task, classes }: Dataset, progress: Progress): void {
  const both = task === "classification" && classes.length > 2 && classes.every((name) => isDecimal(name));
  if (form === undefined || !both || settings.has(flags.task)) return;
  progress.note(
    `column ${form.target} has ${classes.length} different numbers, taken as classes; to predict the number: --task regression; without this note: --task classification`,
  );
}

/** Balancing trades accuracy for the recall of rare classes: tells of a run that then keeps the weights of the best accuracy. */
export function noteMonitor(settings: Settings, progress: Progress): void {
  if (settings.get(flags.monitor) !== "accuracy" || settings.get(flags.classWeights) !== "balanced") return;
  progress.note(
    "--monitor accuracy favours the frequent classes, which --class-weights balanced counts less: consider --monitor loss",
  );
}

/** How the data set is to be read, as plain data. */
export const loadOptions = (settings: Settings): Omit<LoadOptions, "signal" | "onProgress"> => ({
  ...settings.options(bundles.source),
  ...settings.options(bundles.table),
  ...settings.options(bundles.tableUse),
  ...settings.options(bundles.weighing),
  ...settings.options(bundles.grouping),
  ...splitOptions(settings),
  header: settings.get(flags.header) ?? (settings.get(flags.noHeader) ? false : undefined),
});

/** Nothing where no flag says how to split. */
function splitOptions(settings: Settings): Pick<LoadOptions, "split"> {
  const given = Object.entries(settings.options(bundles.split)).filter(([, value]) => value !== undefined);
  return given.length === 0 ? {} : { split: Object.fromEntries(given) };
}

/** Reading a large table holds the thread: a signal that came meanwhile is heard now. */
async function listen(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** Shows how a download goes. */
export function tell(event: DataEvent, progress: Progress): void {
  if (event.kind === "note") progress.note(event.message);
  else
    progress.live(
      () =>
        `${event.file}  ${bar(event.received / event.total)}  ${megabytes(event.received)} of ${megabytes(event.total)} MB`,
    );
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
