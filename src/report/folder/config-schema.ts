import { deviceNames } from "../../device/device.ts";
import type { Environment, RunConfig } from "./folder.ts";
import { anything, nullable, number, object, oneOf, optional, record, text } from "./schema.ts";

/** What was asked for, and what computed it. */

export const config = object<RunConfig>({
  format: oneOf(1),
  kind: oneOf("train", "compare", "minimize"),
  name: text,
  startedAt: text,
  command: text,
  settings: record(anything),
});

export const environment = object<Environment>({
  downhill: text,
  backend: optional(nullable(oneOf("onnx", "reference"))),
  device: optional(nullable(oneOf(...deviceNames))),
  onnxruntime: nullable(text),
  node: text,
  platform: text,
  cpu: text,
  cores: number,
  memory: number,
});
