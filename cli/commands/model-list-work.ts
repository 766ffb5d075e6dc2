import { modelFor, models, parameterCount, type Shapes } from "../../src/nn/index.ts";
import { type Column, format, numberColumn, tableLines, textColumn } from "../../src/report/index.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { jsonText } from "../print/result.ts";
import type { Settings } from "../settings.ts";

/** A published model: for the data that are named, else for those of its paper. */
interface NamedRow {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly inputShape: Shapes["inputShape"];
  /** Null where it does not fit the data. */
  readonly parameters: number | null;
}

/** `downhill model` without a model: those with names, and how many parameters each has for these data. */
export function listNames(settings: Settings, io: Io, shapes: Shapes | undefined): () => number {
  const alone = [
    flags.loss,
    flags.labelSmoothing,
    flags.dropout,
    flags.activation,
    flags.summaryBatchSize,
    flags.dtype,
  ];
  const other = alone.find((flag) => settings.isTyped(flag));
  if (other !== undefined) throw new UsageError(`--${other.name} is for one model: name it`);
  const rows = models.families.flatMap((family) => family.names.map((name) => namedRow(family, name, shapes)));
  return () => {
    io.out.write(settings.get(flags.json) ? jsonText(rows) : `${listing(rows).join("\n")}\n`);
    return exitCode.success;
  };
}

function namedRow(
  { title, source, inputShape }: models.ModelFamily,
  name: string,
  shapes: Shapes | undefined,
): NamedRow {
  const data = shapes ?? { inputShape, outputs: 10, task: "classification" };
  return { name, title, source, inputShape: data.inputShape, parameters: countFor(name, data) };
}

function countFor(name: string, data: Shapes): number | null {
  try {
    return parameterCount(modelFor(name, data));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const nameColumns: readonly Column<NamedRow>[] = [
  textColumn("name", ({ name }) => name),
  textColumn("inputs", ({ inputShape }) => inputShape.join(" × ")),
  numberColumn("parameters", ({ parameters }) => parameters, format.count),
  textColumn("what it is", ({ title }) => title),
];

/** A family's title stands once, beside its first name. */
const listing = (rows: readonly NamedRow[]): string[] => [
  ...tableLines(
    nameColumns,
    rows.map((row, i) => (row.title === rows[i - 1]?.title ? { ...row, title: "" } : row)),
  ),
  "",
  "Other depths and widths are names, too, such as resnet-26, wrn-22-8 and adam-cnn:16-16-32-128.",
  "One of them: downhill model resnet-20 --data cifar-10",
  "Training: downhill train --model lenet --data mnist",
];
