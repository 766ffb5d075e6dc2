import { cut, unknownName } from "../../src/arguments/index.ts";
import {
  canonicalName,
  classCounts,
  classLine,
  classNotes,
  type Dataset,
  datasets,
  type Entry,
  findEntry,
  inputSize,
  showSample,
  sourceOf,
} from "../../src/data/index.ts";
import { fetchDataset, findDataset } from "../../src/data/node/index.ts";
import { commandWords } from "../../src/files/index.ts";
import { type Column, format, numberColumn, tableLines, textColumn } from "../../src/report/index.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, takesColor } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { countWords, lookNotes } from "../print/data-notes.ts";
import { nextCommand } from "../print/next-command.ts";
import { Progress } from "../print/progress.ts";
import { jsonText } from "../print/result.ts";
import { type ShownTable, tableLookLines } from "../print/table-look.ts";
import { lookAt, tell } from "../read/data-set.ts";
import { type Settings, shellWord } from "../settings.ts";
import type { Read, Run } from "./command.ts";

const actions: Readonly<Record<"list" | "fetch" | "show", Read>> = { list, fetch: get, show };

/** `downhill data`: which data sets there are, getting one, looking at one. */
export const read: Read = (settings, io) => {
  const [action = "list"] = settings.words;
  if (action !== "list" && action !== "fetch" && action !== "show")
    throw new UsageError(
      datasets.some(({ name }) => name === action) || canonicalName(action) !== action
        ? `data ${action}: say what to do: downhill data show ${shellWord(action)}`
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
  const { data, look } = await lookAt(name, settings, progress, io.signal);
  const samples = data === undefined ? [] : await samplesOf(data, settings.value(flags.count));
  return () => {
    if (settings.get(flags.json)) io.out.write(jsonText(plain(name, data, look, samples)));
    else if (look) io.out.write(shownTable(look, settings, io));
    else if (data) io.out.write(shown(data, samples, settings, io));
    return exitCode.success;
  };
}

/** A data set or a table, and its first samples, as JSON has them. */
function plain(
  name: string,
  data: Dataset | undefined,
  look: ShownTable | undefined,
  samples: readonly Sample[],
): object {
  const perClass = data ? classCounts(data) : [];
  return {
    ...(data ? about(data) : { name: look?.table.name ?? name, form: look?.table.form }),
    ...{ classCounts: perClass, notes: look ? lookNotes(look) : classNotes(perClass) },
    ...(look && { rows: look.table.rows, columns: look.columns }),
    ...(look?.problem && { problem: commandWords(look.problem), next: nextCommand(look) }),
    samples: samples.map(({ label, inputs }) => ({ label, inputs: [...inputs] })),
  };
}

function about(data: Dataset): object {
  const { name, task, inputShape, outputs, classes, standardization, source, licence, form, columns } = data;
  const counts = { train: data.train.count, validation: data.validation.count, test: data.test.count };
  return { name, task, inputShape, outputs, classes, counts, standardization, source, licence, form, columns };
}

/** The same for people. Samples take 24-bit colours, which a terminal has to say that it knows. */
function shown(data: Dataset, samples: readonly Sample[], settings: Settings, io: Io): string {
  const color =
    takesColor(io.out, io, settings.get(flags.noColor) !== true) && /truecolor|24bit/.test(io.env.COLORTERM ?? "");
  const drawn = samples.map(({ label, inputs }) => `${cut(label)}\n${showSample(inputs, data.inputShape, { color })}`);
  return `${[aboutLines(data), ...drawn].join("\n\n")}\n`;
}

/** The width of a table for people, where the output is not a terminal or a very wide one. */
const WIDTH = { usual: 80, most: 120 };

function shownTable(look: ShownTable, settings: Settings, io: Io): string {
  const width = io.out.isTTY ? Math.min(io.out.columns, WIDTH.most) : WIDTH.usual;
  const next = nextCommand(look, settings);
  const isLast = settings.get(flags.predict) === undefined && look.table.form !== undefined;
  const last = isLast ? ["the last column is predicted; for another, say --predict COLUMN"] : [];
  return `${[...tableLookLines(look, width, last), ...(next === undefined ? [] : [`next: ${next}`])].join("\n")}\n`;
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
async function samplesOf({ train, classes, inputShape, task }: Dataset, wanted: number): Promise<Sample[]> {
  const [size, width] = [inputSize({ inputShape }), train.targets.length / train.count];
  const indices = Uint32Array.from({ length: Math.min(wanted, train.count) }, (_, i) => i);
  const [inputs, targets] = [new Float64Array(indices.length * size), new Float64Array(indices.length * width)];
  await sourceOf(train).gather(indices, inputs, targets);
  return Array.from(indices, (i) => {
    const target = targets.subarray(i * width, (i + 1) * width);
    const label =
      task === "classification" ? classes[target[0]] : [...target].map((value) => value.toPrecision(4)).join(" ");
    return { label, inputs: inputs.subarray(i * size, (i + 1) * size) };
  });
}

function aboutLines(data: Dataset): string {
  const { name, task, inputShape, outputs, ...about } = data;
  const perClass = classCounts(data);
  return [
    `${name}: ${countWords(data)}`,
    `inputs ${inputShape.join(" × ")}, ${task === "classification" ? `${outputs} classes` : "a number to predict"}; the samples below are standardised`,
    ...(perClass.length === 0 ? [] : [classLine(perClass)]),
    ...classNotes(perClass).map((note) => `note: ${note}`),
    `source: ${about.source}`,
    `licence: ${about.licence}`,
  ].join("\n");
}
