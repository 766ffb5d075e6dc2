import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { HuggingFaceOptions } from "../../src/nn/index.ts";
import { readRun } from "../../src/report/node/index.ts";
import type { RunRecord } from "../../src/train/index.ts";

/** What a run's folder tells about the net that it trained; nothing if the path is only a saved model's. */
export function toldByRun(path: string): HuggingFaceOptions {
  if (!existsSync(join(path, "summary.json"))) return {};
  const { summary } = readRun(path);
  if (summary?.kind !== "train") return {};
  // Without the folder, whose name may be private.
  const [data] = basename(summary.result.data.replace(/^\w\w+:/, "")).split("?");
  const measures = Object.entries(measuresIn(summary.result));
  const known = measures.flatMap(([name, value]) => (typeof value === "number" ? [[name, value] as const] : []));
  return { data, test: Object.fromEntries(known) };
}

/** Measures on the test set, by name; those that are not known are null or missing. */
function measuresIn({ test, metrics }: RunRecord): Readonly<Record<string, number | null | undefined>> {
  const { loss, accuracy } = test;
  if (metrics?.task === "classification") {
    const { macro, rocAuc, baseline } = metrics;
    const always = { "accuracy of the most frequent class": baseline.accuracy };
    return { loss, accuracy, "macro F1": macro.f1, "ROC-AUC": rocAuc, ...always };
  }
  const ofTargets = (metrics?.targets ?? []).flatMap(({ name, rmse, mae, r2 }, _, { length }) =>
    Object.entries({ RMSE: rmse, MAE: mae, "R²": r2 }).map(
      ([measure, value]) => [length > 1 ? `${measure} of ${name}` : measure, value] as const,
    ),
  );
  return { loss, accuracy, ...Object.fromEntries(ofTargets) };
}
