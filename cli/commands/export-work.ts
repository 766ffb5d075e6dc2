import { type Content, writeWhole } from "../../src/files/node/index.ts";
import { exportOnnx, exportSafetensors, type Trained } from "../../src/nn/index.ts";
import { readTrained } from "../../src/nn/node/index.ts";
import * as flags from "../flags/index.ts";
import type { ExportFormat } from "../flags/output.ts";
import { exitCode } from "../io.ts";
import { jsonText } from "../print/result.ts";
import { modelFolder } from "../read/trained-net.ts";
import type { Read } from "./command.ts";

/** What a format writes, and where unless told otherwise. */
interface Exporter {
  readonly out: string;
  readonly write: (trained: Trained) => Content;
}

const exporters: Readonly<Record<ExportFormat, Exporter>> = {
  onnx: { out: "model.onnx", write: exportOnnx },
  safetensors: { out: "model.safetensors", write: exportSafetensors },
};

/** `downhill export`: a trained model as other programs read it. */
export const read: Read = (settings, io) => {
  const [path] = settings.words;
  const trained = readTrained(modelFolder(path));
  const format = settings.value(flags.format);
  const { out, write } = exporters[format];
  const file = settings.get(flags.exportTo) ?? out;
  return () => {
    writeWhole(file, write(trained));
    io.out.write(settings.get(flags.json) ? jsonText({ format, file }) : `${file}\n`);
    return exitCode.success;
  };
};
