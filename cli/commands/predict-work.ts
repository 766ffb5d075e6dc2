import { csvLine } from "../../src/data/index.ts";
import type { Net, Prediction } from "../../src/nn/index.ts";
import { type Column, format, numberColumn, tableLines, textColumn } from "../../src/report/index.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { Progress } from "../print/progress.ts";
import { jsonText } from "../print/result.ts";
import { tell } from "../read/data-set.ts";
import { netIn, noteUnseen, rowsIn } from "../read/trained-net.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";

/** `downhill predict`: what a trained model says of rows. */
export const read: Read = async (settings, io) => {
  const [, ...paths] = settings.words;
  if (settings.get(flags.csv) && settings.get(flags.json)) throw new UsageError("--csv and --json: give one of them");
  const net = await netIn(settings, io);
  const predicted = (await picturesIn(paths, net, settings, io)) ?? (await tableIn(paths[0] ?? "-", net, settings, io));
  return async () => {
    const { predictions, files } = await predicted();
    await net.dispose();
    io.out.write(written(predictions, files, net, settings));
    return exitCode.success;
  };
};

/** What a net predicts; of images also their files. */
type Predict = () => Promise<{ readonly predictions: readonly Prediction[]; readonly files?: readonly string[] }>;

async function tableIn(path: string, net: Net, settings: Settings, io: Io): Promise<Predict> {
  const table = await rowsIn(path, net, settings);
  return async () => {
    const predictions = await net.predictTable(table);
    noteUnseen(table, net, settings, io);
    return { predictions };
  };
}

/** Images, if that is what all paths name: PNG or JPEG files, or folders of them. */
async function picturesIn(
  given: readonly string[],
  net: Net,
  settings: Settings,
  io: Io,
): Promise<Predict | undefined> {
  const { mayHavePictures, pictureRows } = await import("../../src/data/node/image-folder/index.ts");
  const paths = given.map((path) => path.replace(/^images:/, ""));
  const stray = paths.find((path) => !mayHavePictures(path));
  if (stray !== undefined && paths.length > 1)
    throw new UsageError(`predict takes one file of rows, or several images; ${stray} is no image`);
  if (paths.length === 0 || stray !== undefined) return undefined;
  const inputs = net.preprocessing?.inputs;
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const all = await pictureRows(paths, inputs?.kind === "values" ? inputs.shape : net.model.inputShape, {
    ...{ signal: io.signal, onProgress: (event) => tell(event, progress) },
  });
  return async () => ({
    predictions: await net.predict(all.map(({ pixels }) => pixels)),
    files: all.map(({ file }) => file),
  });
}

/** A column of what is printed for each prediction. */
interface Field {
  readonly head: string;
  readonly value: (prediction: Prediction) => string | number;
  /** A number for people; CSV has all its digits. */
  readonly write: (value: number) => string;
}

function written(
  predictions: readonly Prediction[],
  files: readonly string[] | undefined,
  net: Net,
  settings: Settings,
): string {
  if (settings.get(flags.json))
    return jsonText(files === undefined ? predictions : predictions.map((each, i) => ({ file: files[i], ...each })));
  const fields = fieldsOf(net.preprocessing?.target, predictions, settings.get(flags.proba) === true);
  if (settings.get(flags.csv)) {
    const records = predictions.map((prediction, i) => [
      ...(files === undefined ? [] : [files[i]]),
      ...fields.map(({ value }) => value(prediction)),
    ]);
    const head = [...(files === undefined ? [] : ["file"]), ...fields.map(({ head }) => head)];
    return [head, ...records].map(csvLine).join("");
  }
  const rows = predictions.map((prediction, i) => ({ row: i + 1, prediction }));
  const columns = fields.map(
    ({ head, value, write }): Column<(typeof rows)[number]> =>
      rows.length > 0 && typeof value(rows[0].prediction) === "string"
        ? textColumn(head, ({ prediction }) => String(value(prediction)))
        : numberColumn(head, ({ prediction }) => value(prediction), write),
  );
  const first =
    files === undefined
      ? numberColumn<(typeof rows)[number]>("row", ({ row }) => row, format.count)
      : textColumn<(typeof rows)[number]>("file", ({ row }) => files[row - 1]);
  return `${tableLines([first, ...columns], rows).join("\n")}\n`;
}

/** The class and its probability, or that of each class; or a value for each target. */
function fieldsOf(target: Target, predictions: readonly Prediction[], all: boolean): readonly Field[] {
  const [first] = predictions;
  const name = target?.kind === "classes" ? target.name : target?.names[0];
  const percent = { write: format.percent };
  if (first?.label !== undefined) {
    const label: Field = { head: name ?? "class", value: (each) => each.label ?? "", ...percent };
    if (!all) return [label, { head: "probability", value: probabilityOf, ...percent }];
    const classes = Object.keys(first.probabilities);
    return [
      label,
      ...classes.map(
        (each): Field => ({ head: each, value: ({ probabilities = {} }) => probabilities[each], ...percent }),
      ),
    ];
  }
  const write = format.loss;
  if (first?.values !== undefined)
    return Object.keys(first.values).map((each) => ({ head: each, value: ({ values = {} }) => values[each], write }));
  return [{ head: name ?? "value", value: ({ value = Number.NaN }) => value, write }];
}

type Target = NonNullable<Net["preprocessing"]>["target"] | undefined;

const probabilityOf = ({ label = "", probabilities = {} }: Prediction): number => probabilities[label];
