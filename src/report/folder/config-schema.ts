import { deviceNames } from "../../device/index.ts";
import {
  anything,
  nullable,
  number,
  object,
  oneOf,
  optional,
  record,
  type Schema,
  text,
} from "../../files/schema/index.ts";
import type { Environment, RunConfig, RunPlan } from "./folder.ts";

/** Schemas of config.json and env.json. */

/** Not checked further: so far only people and other programs read it. */
const anyPlan: Schema<RunPlan> = { problem: (value, path) => record(anything).problem(value, path) };

export const config = object<RunConfig>({
  format: oneOf(1),
  kind: oneOf("train", "compare", "minimize", "fit", "reproduce"),
  name: text,
  startedAt: text,
  command: text,
  settings: record(anything),
  plan: optional(anyPlan),
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
