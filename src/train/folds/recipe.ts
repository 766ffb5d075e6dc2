import { defaults } from "../defaults/index.ts";
import type { BatchPlan } from "../options.ts";
import type { TrainRequest } from "../requests.ts";
import type { CrossValidation } from "./result.ts";

/** The settings that all folds share, as plain data. */
export type Recipe = Required<Pick<CrossValidation, "hyper" | "batchSize" | "seed">> &
  Pick<CrossValidation, "schedule">;

/** The settings of a run. Of an optimizer that is built already, schedules of one's own are left out: they are functions. */
export async function recipeOf({
  optimizer,
  batchSize,
  seed = defaults.seed,
}: Pick<TrainRequest, "optimizer" | "seed"> & Pick<BatchPlan, "batchSize">): Promise<Recipe> {
  const isSolver = "solver" in optimizer || "needsOneOf" in optimizer;
  const examples = isSolver ? "full" : (batchSize ?? defaults.batchSize);
  if (!("rule" in optimizer || "solver" in optimizer))
    return { hyper: "hyper" in optimizer ? numbersIn(optimizer.hyper) : {}, batchSize: examples, seed };
  const { hyperOf } = await import("../plain/index.ts");
  const schedule = "rule" in optimizer ? optimizer.schedule : undefined;
  return { hyper: hyperOf(optimizer), ...(schedule !== undefined && { schedule }), batchSize: examples, seed };
}

const numbersIn = (hyper: object): Record<string, number> =>
  Object.fromEntries(
    Object.entries(hyper).flatMap(([name, value]) => (typeof value === "number" ? [[name, value] as const] : [])),
  );
