import { findEntry } from "../../src/data/index.ts";
import { layers as kinds, type Model, type Shapes } from "../../src/nn/index.ts";
import { type Column, format, numberColumn, tableLines, textColumn } from "../../src/report/index.ts";
import { type LayerSummary, type ModelSummary, summary } from "../../src/train/index.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io } from "../io.ts";
import { Progress } from "../print/progress.ts";
import { jsonText } from "../print/result.ts";
import { loadData } from "../read/data-set.ts";
import { network } from "../read/network.ts";
import { checkColumns } from "../read/table-needed.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";
import { listNames } from "./model-list-work.ts";

/** `downhill model`: the models with names, or what a net is made of, and what it takes. */
export const read: Read = async (settings, io) => {
  const [text] = settings.words;
  if (text === undefined) return listNames(settings, io, await listedFor(settings, io));
  const built = network(settings, text);
  const model = built(await shapesOf(settings, io));
  const batchSize = settings.value(flags.summaryBatchSize);
  const found = summary(model, { batchSize, dtype: settings.get(flags.dtype) });
  return () => {
    io.out.write(
      settings.get(flags.json)
        ? jsonText({ ...found, batchSize })
        : `${[...lines(found, batchSize), ...copiesLines(model)].join("\n")}\n`,
    );
    return exitCode.success;
  };
};

/** The data that the list of models is for; undefined: those of the papers. */
async function listedFor(settings: Settings, io: Io): Promise<Shapes | undefined> {
  if (settings.isTyped(flags.data)) return shapesOf(settings, io);
  checkColumns(settings.value(flags.data), settings);
  return undefined;
}

/** What a net has to know of the data: of those in the list without loading them. */
async function shapesOf(settings: Settings, io: Io): Promise<Shapes> {
  const name = settings.value(flags.data);
  checkColumns(name, settings);
  const { inputShape, classes, task } = findEntry(name);
  if (inputShape !== undefined && classes !== undefined && task !== undefined)
    return { inputShape, outputs: classes.length, task };
  return loadData(settings, new Progress(io, { quiet: settings.get(flags.quiet) === true }), io.signal);
}

/** A layer's line, or the one for all of them. */
interface Row {
  readonly name: string;
  readonly words: string;
  readonly outputs: string;
  readonly parameters: number;
  readonly multiplyAdds: number | null;
}

/** A layer's row, and below it those of the layers that it is made of, further to the right. */
const rowsOf = (layer: LayerSummary, level = 0): Row[] => [
  {
    ...{ name: `${"  ".repeat(level)}${layer.name}`, words: wordsOf(layer), outputs: shapeWords(layer.outputShape) },
    ...{ parameters: layer.parameters, multiplyAdds: layer.multiplyAdds },
  },
  ...layer.layers.flatMap((each) => rowsOf(each, level + 1)),
];

const columns: readonly Column<Row>[] = [
  textColumn("layer", ({ name }) => name),
  textColumn("description", ({ words }) => words),
  numberColumn("outputs", ({ outputs }) => outputs, format.count),
  numberColumn("parameters", ({ parameters }) => parameters, format.count),
  numberColumn("multiply-adds", ({ multiplyAdds }) => multiplyAdds, format.count),
];

function lines(found: ModelSummary, batchSize: number): string[] {
  const { name, inputShape, loss, layers, parameters, multiplyAdds, weights, training } = found;
  const all = { name: "all", words: "", outputs: "", parameters, multiplyAdds };
  const rows: Row[] = [...layers.flatMap((layer) => rowsOf(layer)), all];
  const { activations, backward, total } = training;
  return [
    `${name}: inputs ${shapeWords(inputShape)}, ${loss}; multiply-adds are for one example, forward`,
    "",
    ...tableLines(columns, rows),
    "",
    `weights: ${format.bytes(weights)}`,
    `training by Adam on batches of ${format.count(batchSize)}: ${format.bytes(total)}, of which activations and their gradients ${format.bytes(activations + backward)}`,
  ];
}

/** What the memory of training lacks, for a net with filters, [outputs, inputs, height, width]. */
const copiesLines = ({ parameters }: Model): string[] =>
  parameters.some(({ shape }) => shape.length === 4)
    ? ["  not counted: copies that convolutions make, so that it may be nearly twice as much"]
    : [];

/**
 * `dense 64 relu`, `conv2d 16 3 padding=1`: the kind, and its options in their order, with its name where one before it is left
 * out; but for layers, which have rows of their own.
 */
function wordsOf({ kind, options, layers }: LayerSummary): string {
  if (layers.length > 0) return kind;
  if (options === null) return `${kind} with a function`;
  const order = Object.entries(kinds).find(([name]) => name === kind)?.[1].options ?? [];
  return [
    kind,
    ...Object.entries(options).map(([name, value], i) =>
      optionWords(name, value, i < order.length && order[i] !== name),
    ),
  ].join(" ");
}

function optionWords(name: string, value: unknown, withName: boolean): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return withName || typeof value === "boolean" ? `${name}=${text}` : text;
}

const shapeWords = (shape: Model["inputShape"]): string => shape.join(" × ") || "1";
