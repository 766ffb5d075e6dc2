import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Content, makeFolder, writeWhole } from "../../src/files/node/index.ts";
import {
  exportHuggingFace,
  exportModule,
  exportOnnx,
  exportPyTorch,
  exportSafetensors,
  type Trained,
} from "../../src/nn/index.ts";
import { type Files, writeFolder } from "../files/export-folder.ts";
import * as flags from "../flags/index.ts";
import type { ExportFormat } from "../flags/output.ts";
import { exitCode, type Io } from "../io.ts";
import { Progress } from "../print/progress.ts";
import { jsonText } from "../print/result.ts";
import { toldByRun } from "../read/told-by-run.ts";
import { modelFolder, trainedIn } from "../read/trained-net.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";

/** What a format writes, and where unless told otherwise. */
type Exporter = { readonly out: string } & (
  | { readonly file: (trained: Trained) => Content }
  | { readonly folder: (trained: Trained, path: string) => Files }
);

const exporters: Readonly<Record<ExportFormat, Exporter>> = {
  onnx: { out: "model.onnx", file: exportOnnx },
  safetensors: { out: "model.safetensors", file: exportSafetensors },
  pytorch: { out: "model-pytorch", folder: (trained) => ({ ...exportPyTorch(trained) }) },
  huggingface: {
    out: "model-huggingface",
    folder: (trained, path) => ({ ...exportHuggingFace(trained, { ...titleOf(path), ...toldByRun(path) }) }),
  },
  js: { out: "model.mjs", file: exportModule },
};

/** A saved model's folder names it, unless it is a run's `model`, which all runs have; a run is named by its data. */
function titleOf(path: string): { readonly title?: string } {
  const name = basename(resolve(path));
  return name === "model" || existsSync(join(path, "summary.json")) ? {} : { title: name };
}

/** `downhill export`: a trained model as other programs read it. */
export const read: Read = (settings, io) => {
  const [path] = settings.words;
  const trained = trainedIn(modelFolder(path));
  const format = settings.value(flags.format);
  const exporter = exporters[format];
  const out = settings.get(flags.exportTo) ?? exporter.out;
  // Made here, since a net that a format cannot hold is refused.
  const write = "file" in exporter ? oneFile(out, exporter.file(trained)) : folder(out, exporter.folder(trained, path));
  return () => {
    const { files, ...told } = write();
    if (told.kept !== undefined) noteKept(told.kept, settings, io);
    io.out.write(settings.get(flags.json) ? jsonText({ format, ...told, files }) : `${files.join("\n")}\n`);
    return exitCode.success;
  };
};

/** Writes, and returns what was written: a file or a folder, and all files. */
type Write = () => {
  readonly file?: string;
  readonly folder?: string;
  readonly files: readonly string[];
  /** Those that were left as they are. */
  readonly kept?: readonly string[];
};

function noteKept(kept: readonly string[], settings: Settings, io: Io): void {
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  for (const file of kept)
    progress.note(`${file} is kept as it was, since it may have words of yours; for a new one, delete it first`);
}

const oneFile =
  (out: string, content: Content): Write =>
  () => {
    makeFolder(dirname(out));
    writeWhole(out, content);
    return { file: out, files: [out] };
  };

const folder =
  (out: string, files: Files): Write =>
  () => {
    const kept = writeFolder(out, files).map((name) => join(out, name));
    const written = Object.keys(files).map((name) => join(out, name));
    return {
      ...{ folder: out, files: written.filter((file) => !kept.includes(file)) },
      ...(kept.length > 0 && { kept }),
    };
  };
