import { type CompareResult, median, type Ranked, type TargetUsed } from "../../compare/index.ts";
import * as format from "../format.ts";
import { goalWords, several } from "../phrases.ts";

/** Phrases about a comparison's target. */

/** Why a comparison may have no target. */
export const NO_TARGET = "at least half of the optimizers have no validation loss";

/** No optimizer reached the target in most of its runs: which did in a few. */
export function noneArrived(ranking: readonly Ranked[]): string {
  const some = ranking.filter(({ reached }) => reached > 0);
  if (some.length === 0) return "no run reached it";
  const few = some.map(({ optimizer, reached, runs }) => `${optimizer} in ${reached} of ${runs} runs`);
  return `no optimizer reached it in more than half of its runs (${few.join(", ")})`;
}

/** What a dash under steps and time means, where some optimizers have one. */
export function dashWords(ranking: readonly Ranked[]): string[] {
  const dashes = ranking.filter(({ steps }) => steps === null);
  if (dashes.length === 0 || dashes.length === ranking.length) return [];
  return [
    dashes.every(({ runs }) => runs === 1)
      ? "–: the run did not reach it"
      : "–: reached in no more than half of the runs",
  ];
}

/** A warning for a given target that the first batches already meet. */
export function metAtTheStart({ target, runs }: CompareResult): string[] {
  if (target === null || !target.given || target.measure === "accuracy") return [];
  const starts = runs.flatMap(({ batches }) => batches.losses[0] ?? []);
  if (starts.length === 0 || Math.max(...starts) > target.value) return [];
  return [`the first batches already have a loss of ${format.loss(Math.max(...starts))} or less, before any step`];
}

/** How a target that was not given was computed. If the median optimizer never improves on the initial loss, it is its lowest loss. */
export function targetRule({ target, runs }: CompareResult): string {
  const start = median(runs.flatMap(({ batches }) => batches.losses[0] ?? []));
  return target !== null && start > target.value
    ? "90 % of the way (log scale) from the initial loss to the median optimizer's lowest loss"
    : "the median optimizer's lowest loss, which is not below the first one";
}

/** `the validation loss is 0.138 or less` */
export const goal = ({ measure, value }: TargetUsed): string =>
  goalWords({ measure, value }).replace(/^validation (\w+)/, "the validation $1 is");

export const overSeeds = (least: number, most: number): string =>
  most === 1 ? "from the one seed" : `medians over ${least === most ? "" : `${least} to `}${several(most, "seed")}`;
