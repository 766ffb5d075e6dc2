import type { CompareResult } from "../../compare/index.ts";
import { prose, type Section, section } from "../../figure/page/index.ts";
import * as format from "../format.ts";
import { listed, several } from "../phrases.ts";
import { doneOf, partOf } from "./done.ts";

/** What was the same for all; what was not, such as rates that were given or work that is missing, is said. */
export function fairness(result: CompareResult): Section {
  const { seeds, epochs, batchSize } = result.settings;
  const batches = batchSize === "full" ? "" : ` of ${format.count(batchSize)}`;
  return section("What makes it fair", [
    prose(
      ...interruptedWords(result),
      `**The same start and the same batches.** For each of the ${several(seeds.length, "seed")} all optimizers begin at the same weights and see the same batches${batches} in the same order.`,
      searchWords(result),
      `**The same work.** A final run makes ${several(epochs, "pass")} over the training set, unless it diverges, so all compute the same number of gradients. Hyper-parameters other than the rate keep their defaults unless they were set. ${testUse(result)}`,
    ),
  ]);
}

function interruptedWords(result: CompareResult): string[] {
  if (result.outcome === "completed") return [];
  const { trials, runs } = doneOf(result);
  const done = [...(trials.asked === 0 ? [] : [partOf(trials, "trial")]), partOf(runs, "final run")];
  return [`**Interrupted.** What follows is what was asked for. The ranked optimizers have finished ${listed(done)}.`];
}

const testUse = (result: CompareResult): string =>
  doneOf(result).runs.made === 0
    ? "The test set was not used: no final run finished."
    : "The test set was used once, at the end of each final run.";

function searchWords(result: CompareResult): string {
  const { trials, seeds, tuningSeeds, tuningEpochs, optimizers } = result.settings;
  const { tunable } = doneOf(result);
  if (tunable.length === 0)
    return "**No search.** Each optimizer was run with the rate that was given, or with its default.";
  const own = tuningSeeds.some((seed) => seeds.includes(seed)) ? "" : " that no final run has";
  const who =
    tunable.length === optimizers.length
      ? "Each optimizer"
      : `Each of the ${tunable.length} optimizers whose rate was not given`;
  return `**The same budget for tuning.** ${who} may try ${several(trials, "rate")}, each on ${several(tuningSeeds.length, "seed")}${own}, over ${several(tuningEpochs, "epoch")}. The search begins at the optimizer's default rate and walks in half decades towards the lower loss, then refines to quarter decades. A rate is judged by the mean validation loss over the second half of its trial.`;
}
