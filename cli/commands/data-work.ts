import { cut, quote, unknownName } from "../../src/arguments/index.ts";
import {
  classCounts,
  classLine,
  classNotes,
  type Dataset,
  datasets,
  delimiterName,
  type Entry,
  findEntry,
  inputSize,
  showSample,
  type TableForm,
} from "../../src/data/index.ts";
import { fetchDataset, findDataset } from "../../src/data/node/index.ts";
import { type Column, format, numberColumn, tableLines, textColumn } from "../../src/report/index.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, takesColor } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { Progress } from "../print/progress.ts";
import { jsonText } from "../print/result.ts";
import { loadNamed, tell } from "../read/data-set.ts";
import type { Settings } from "../settings.ts";
import type { Read, Run } from "./command.ts";

const actions: Readonly<Record<"list" | "fetch" | "show", Read>> = { list, fetch: get, show };

/** `downhill data`: which data sets there are, getting one, looking at one. */
export const read: Read = (settings, io) => {
  const [action = "list"] = settings.words;
  if (action !== "list" && action !== "fetch" && action !== "show")
    throw new UsageError(
      datasets.some(({ name }) => name === action)
        ? `data ${action}: say what to do: downhill data show ${action}`
        : unknownName("data: action", action, Object.keys(actions)),
    );
  return actions[action](settings, io);
};

function list(settings: Settings, io: Io): Run {
  if (settings.words.length > 1)
    throw new UsageError(`data list takes no name; for one data set: downhill data show ${settings.words[1]}`);
  const dir = settings.get(flags.dataDir);
  return () => {
    const found = datasets.map((entry) => ({
      entry,
      place: entry.ownFile ? undefined : findDataset(entry.name, dir),
    }));
    io.out.write(
      settings.get(flags.json)
        ? jsonText(found.map(({ entry, place = null }) => ({ ...entry, found: place })))
        : `${tableLines(columns, found).join("\n")}\n`,
    );
    return exitCode.success;
  };
}

/** A data set, and where it lies here, if it does. */
interface Found {
  readonly entry: Entry;
  readonly place: string | undefined;
}

/** Tables that are anywhere have no size of their own. */
const columns: readonly Column<Found>[] = [
  textColumn("name", ({ entry }) => entry.name),
  textColumn("description", ({ entry }) => entry.title),
  numberColumn("examples", ({ entry: { counts } }) => (counts ? counts[0] + counts[1] + counts[2] : ""), format.count),
  textColumn("inputs", ({ entry }) => entry.inputShape?.filter((length, i) => i > 0 || length > 1).join(" × ") ?? ""),
  numberColumn("classes", ({ entry: { classes } }) => classes?.length ?? "", format.count),
  textColumn("where", ({ entry, place }) => place ?? entry.obtain),
];

function get(settings: Settings, io: Io): Run {
  const name = nameIn(settings);
  const dir = settings.get(flags.dataDir);
  return async () => {
    const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
    const place = await fetchDataset(name, { dir, signal: io.signal, onProgress: (event) => tell(event, progress) });
    progress.clear();
    io.out.write(settings.get(flags.json) ? jsonText({ name, found: place }) : `${name}: ${place}\n`);
    return exitCode.success;
  };
}

async function show(settings: Settings, io: Io): Promise<Run> {
  const name = nameIn(settings);
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const data = await loadNamed(name, settings, progress, io.signal);
  const samples = samplesOf(data, settings.value(flags.count));
  return () => {
    io.out.write(settings.get(flags.json) ? jsonText(plain(name, data, samples)) : shown(data, samples, settings, io));
    return exitCode.success;
  };
}

/** A data set and its first samples, as JSON has them. */
function plain(name: string, data: Dataset, samples: readonly Sample[]): object {
  const { task, inputShape, outputs, classes, standardization, source, licence, form } = data;
  const counts = { train: data.train.count, validation: data.validation.count, test: data.test.count };
  const perClass = classCounts(data);
  return {
    ...{ name, task, inputShape, outputs, classes, counts, standardization, source, licence, form },
    ...{ classCounts: perClass, notes: classNotes(perClass) },
    samples: samples.map(({ label, inputs }) => ({ label, inputs: [...inputs] })),
  };
}

/** The same for people. Samples take 24-bit colours, which a terminal has to say that it knows. */
function shown(data: Dataset, samples: readonly Sample[], settings: Settings, io: Io): string {
  const color =
    takesColor(io.out, io, settings.get(flags.noColor) !== true) && /truecolor|24bit/.test(io.env.COLORTERM ?? "");
  const drawn = samples.map(({ label, inputs }) => `${cut(label)}\n${showSample(inputs, data.inputShape, { color })}`);
  return `${[aboutLines(data), ...drawn].join("\n\n")}\n`;
}

function nameIn(settings: Settings): string {
  const [action, name] = settings.words;
  if (name === undefined)
    throw new UsageError(`data ${action}: name a data set: ${datasets.map((entry) => entry.name).join(", ")}`);
  findEntry(name);
  return name;
}

interface Sample {
  readonly label: string;
  readonly inputs: Dataset["train"]["inputs"];
}

/** The first training examples, with the names of their classes or their targets. */
function samplesOf({ train, classes, inputShape, task }: Dataset, wanted: number): Sample[] {
  const [size, width] = [inputSize({ inputShape }), train.targets.length / train.count];
  return Array.from({ length: Math.min(wanted, train.count) }, (_, i) => {
    const target = train.targets.subarray(i * width, (i + 1) * width);
    const label =
      task === "classification" ? classes[target[0]] : [...target].map((value) => value.toPrecision(4)).join(" ");
    return { label, inputs: train.inputs.subarray(i * size, (i + 1) * size) };
  });
}

function aboutLines(data: Dataset): string {
  const { name, task, train, validation, test, inputShape, outputs, form, ...about } = data;
  const perClass = classCounts(data);
  return [
    `${name}: ${format.count(train.count)} training, ${format.count(validation.count)} validation and ${format.count(test.count)} test examples`,
    `inputs ${inputShape.join(" × ")}, ${task === "classification" ? `${outputs} classes` : "a number to predict"}; the samples below are standardised`,
    ...(form ? [`read as: ${formWords(form)}`] : []),
    ...(perClass.length === 0 ? [] : [classLine(perClass)]),
    ...classNotes(perClass).map((note) => `note: ${note}`),
    `source: ${about.source}`,
    `licence: ${about.licence}`,
  ].join("\n");
}

/** How a table was read: `4 columns separated by semicolons; decimal commas; names in the first line; predicts column 4, "y"`. */
function formWords({ delimiter, decimal, header, columns, target }: TableForm): string {
  const name = columns[target - 1];
  return [
    `${columns.length} columns separated by ${delimiterName(delimiter)}s`,
    decimal === "," ? "decimal commas" : "decimal points",
    header ? "names in the first line" : "no names in the first line",
    `predicts column ${target}${name === "" ? "" : `, ${quote(name)}`}`,
  ].join("; ");
}
