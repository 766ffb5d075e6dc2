import type { CompareResult } from "../../compare/index.ts";
import { augmentationWords } from "../../data/index.ts";
import { prose, type Section, section } from "../../figure/page/index.ts";
import * as format from "../format.ts";
import { listed, several } from "../phrases.ts";
import { completionOf, fractionWords } from "./completion.ts";

/** What was the same for all optimizers, and what was not, such as given rates or missing runs. */
export function fairness(result: CompareResult): Section {
  const { seeds, epochs, batchSize, augment } = result.settings;
  const changed = augment === undefined ? "" : `, whose images are changed alike (${augmentationWords(augment)})`;
  const batches = batchSize === "full" ? "" : ` of ${format.count(batchSize)}`;
  return section("What makes it fair", [
    prose(
      ...interruptedWords(result),
      `**The same start and the same batches.** ${seeds.length === 1 ? "All" : `For each of the ${several(seeds.length, "seed")} all`} optimizers start from the same weights and see the same batches${batches} in the same order${changed}.`,
      searchWords(result),
      `**The same work.** A final run makes ${several(epochs, "pass")} over the training set, unless it diverges, so all compute the same number of gradients. Hyper-parameters other than the learning rate keep their defaults unless they were set. ${testUse(result)}`,
    ),
  ]);
}

function interruptedWords(result: CompareResult): string[] {
  if (result.outcome === "completed") return [];
  const { trials, runs } = completionOf(result);
  const done = [...(trials.asked === 0 ? [] : [fractionWords(trials, "trial")]), fractionWords(runs, "final run")];
  return [`**Interrupted.** The plan below was not finished: the ranked optimizers completed ${listed(done)}.`];
}

const testUse = (result: CompareResult): string =>
  completionOf(result).runs.made === 0
    ? "The test set was not used: no final run finished."
    : "The test set was used once, at the end of each final run.";

function searchWords(result: CompareResult): string {
  const { trials, seeds, tuningSeeds, tuningEpochs, tuneOn = "validation", optimizers } = result.settings;
  const { tunable } = completionOf(result);
  if (tunable.length === 0) return "**No tuning.** Each optimizer ran at its given learning rate, or at its default.";
  const own = tuningSeeds.some((seed) => seeds.includes(seed)) ? "" : " that no final run uses";
  const who =
    tunable.length === optimizers.length
      ? "Each optimizer"
      : `Each of the ${tunable.length} optimizers without a given learning rate`;
  return `**The same budget for tuning.** ${who} tries ${several(trials, "learning rate")}, each on ${several(tuningSeeds.length, "seed")}${own}, for ${several(tuningEpochs, "epoch")}. The search starts at the optimizer's default, moves in half decades towards lower loss, then refines to quarter decades. A rate is judged by the mean ${tuneOn} loss over the second half of its trial.`;
}
