import { writeWhole } from "../../src/files/node/index.ts";
import { exportOnnx } from "../../src/nn/index.ts";
import { readTrained } from "../../src/nn/node/index.ts";
import * as flags from "../flags/index.ts";
import { exitCode } from "../io.ts";
import { jsonText } from "../print/result.ts";
import { modelFolder } from "../read/trained-net.ts";
import type { Read } from "./command.ts";

/** `downhill export`: a trained model as other programs read it. */
export const read: Read = (settings, io) => {
  const [path] = settings.words;
  const trained = readTrained(modelFolder(path));
  const format = settings.value(flags.format);
  const file = settings.get(flags.exportFile) ?? "model.onnx";
  return () => {
    writeWhole(file, exportOnnx(trained));
    io.out.write(settings.get(flags.json) ? jsonText({ format, file }) : `${file}\n`);
    return exitCode.success;
  };
};
