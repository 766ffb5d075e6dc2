import { type Dataset, type Examples, firstExamples } from "../../src/data/index.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Settings } from "../settings.ts";
import type { SourceRun } from "./source-run.ts";

/** Whether means and variances are frozen, or where they are measured anew. */
export type Normalization = "frozen" | { readonly examples: Examples };

/** Examples from which batch normalisation is measured anew. */
const MEASURED = 1000;

/** How batch normalisation is treated. Throws a UsageError where frozen means would mislead. */
export async function normalizationIn(
  settings: Settings,
  runs: readonly SourceRun[],
  data: Dataset,
): Promise<Normalization> {
  const asked = settings.get(flags.batchNorm);
  const [{ net }] = runs;
  if (net.model.state.length === 0) {
    if (asked === "recomputed")
      throw new UsageError(`--batch-norm recomputed: ${net.model.name} has no batch normalisation; leave the flag out`);
    return "frozen";
  }
  if (runs.length > 1 && asked === "frozen")
    throw new UsageError(
      "--batch-norm frozen: between two nets the means and variances of one of them make barriers that are not there; leave the flag out",
    );
  if (runs.length === 1 && asked !== "recomputed") return "frozen";
  if (settings.get(flags.curvature) !== undefined)
    throw new UsageError(
      "--curvature: where batch normalisation is measured anew at each point, as between nets, the Hessian of the loss is not known; leave the flag out",
    );
  return { examples: await firstExamples(data.train, MEASURED) };
}
