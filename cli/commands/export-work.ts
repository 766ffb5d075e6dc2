import { join } from "node:path";
import { type Content, writeWhole } from "../../src/files/node/index.ts";
import {
  exportHuggingFace,
  exportModule,
  exportOnnx,
  exportPyTorch,
  exportSafetensors,
  type Trained,
} from "../../src/nn/index.ts";
import { readTrained } from "../../src/nn/node/index.ts";
import { type Files, writeFolder } from "../files/export-folder.ts";
import * as flags from "../flags/index.ts";
import type { ExportFormat } from "../flags/output.ts";
import { exitCode } from "../io.ts";
import { jsonText } from "../print/result.ts";
import { toldByRun } from "../read/told-by-run.ts";
import { modelFolder } from "../read/trained-net.ts";
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
    folder: (trained, path) => ({ ...exportHuggingFace(trained, toldByRun(path)) }),
  },
  js: { out: "model.mjs", file: exportModule },
};

/** `downhill export`: a trained model as other programs read it. */
export const read: Read = (settings, io) => {
  const [path] = settings.words;
  const trained = readTrained(modelFolder(path));
  const format = settings.value(flags.format);
  const exporter = exporters[format];
  const out = settings.get(flags.exportTo) ?? exporter.out;
  return () => {
    const { files, ...told } = write(exporter, trained, path, out);
    io.out.write(settings.get(flags.json) ? jsonText({ format, ...told, files }) : `${files.join("\n")}\n`);
    return exitCode.success;
  };
};

/** What was written: a file or a folder, and all files. */
interface Written {
  readonly file?: string;
  readonly folder?: string;
  readonly files: readonly string[];
}

function write(exporter: Exporter, trained: Trained, path: string, out: string): Written {
  if ("file" in exporter) {
    writeWhole(out, exporter.file(trained));
    return { file: out, files: [out] };
  }
  const files = exporter.folder(trained, path);
  writeFolder(out, files);
  return { folder: out, files: Object.keys(files).map((name) => join(out, name)) };
}
