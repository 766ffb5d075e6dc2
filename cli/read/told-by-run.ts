import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { HuggingFaceOptions } from "../../src/nn/index.ts";
import { readRun } from "../../src/report/node/index.ts";

/** What a run's folder tells about the net that it trained; nothing if the path is only a saved model's. */
export function toldByRun(path: string): HuggingFaceOptions {
  if (!existsSync(join(path, "summary.json"))) return {};
  const { summary } = readRun(path);
  if (summary?.kind !== "train") return {};
  const { data, test, regression } = summary.result;
  const measures = Object.entries({ loss: test.loss, accuracy: test.accuracy, ...regression });
  // Without the folder, whose name may be private.
  const [name] = basename(data.replace(/^\w\w+:/, "")).split("?");
  return {
    data: name,
    test: Object.fromEntries(measures.flatMap(([key, value]) => (typeof value === "number" ? [[key, value]] : []))),
  };
}
