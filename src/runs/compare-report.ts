import { type CompareResult, median, type Ranked } from "../compare/index.ts";
import type { Figure } from "../figure/index.ts";
import { type Block, chart, facts, prose, type Section, section } from "../figure/page/index.ts";
import { arrivalFigure } from "./arrival-figure.ts";
import { accuracyCaption, plainCaption, trainingCaption, validationCaption } from "./compare-captions.ts";
import { accuracyFigure, costFigure } from "./compare-figures.ts";
import { rankingBlocks } from "./compare-ranking.ts";
import { rateBlocks } from "./compare-rates.ts";
import { capital, count, dataName, duration, goalWords, inWords, listed, several } from "./phrases.ts";
import { plainFigure } from "./plain-figure.ts";
import { goal, NO_TARGET, nobodyArrived } from "./table.ts";

/** The first words of a comparison's report: who reaches the target first, and how much that means. */
export function compareLead(result: CompareResult): string {
  const { ranking, target, outcome, runs } = result;
  const [first] = ranking;
  if (first === undefined) return "The comparison was interrupted before a final run finished.";
  const broken =
    outcome === "interrupted" ? ` The comparison was interrupted after ${several(runs.length, "final run")}.` : "";
  if (target === null) return `There is no target, as ${lossless(ranking)}.${broken}`;
  if (first.steps === null) return `The target, ${goalWords(target)}: ${nobodyArrived(ranking)}.${broken}`;
  const others = afterTheFirst(ranking, first.steps);
  return `${whoIsFirst(ranking, first.steps)}: after ${several(first.steps, "step")} ${goal(target)}.${others === "" ? "" : ` ${capital(others)}.`}${broken}`;
}

const lossless = (ranking: readonly Ranked[]): string =>
  ranking.every(({ diverged, runs }) => diverged === runs) ? "all runs diverged" : NO_TARGET;

function whoIsFirst(ranking: readonly Ranked[], steps: number): string {
  const tied = ranking.filter((line) => line.steps === steps).map(({ optimizer }) => `**${optimizer}**`);
  if (ranking.length === 1) return `${tied[0]} reaches the target`;
  if (tied.length === 1) return `${tied[0]} reaches the target first`;
  return tied.length === ranking.length
    ? `${listed(tied)} reach the target together`
    : `${listed(tied)} reach the target first, together`;
}

/** The optimizer in the middle, the last to arrive, and those that never do. */
function afterTheFirst(ranking: readonly Ranked[], first: number): string {
  const arrived = ranking.flatMap(({ steps }) => steps ?? []);
  const last = Math.max(...arrived);
  const middle = median(ranking.map(({ steps }) => steps ?? Number.POSITIVE_INFINITY));
  const never = ranking.length - arrived.length;
  const lastOnes = ranking.filter(({ steps }) => steps === last).map(({ optimizer }) => optimizer);
  return [
    ...(middle > first && middle < last ? [`the median optimizer needs ${count(middle)}`] : []),
    ...(last === first
      ? []
      : [`the last to arrive ${lastOnes.length === 1 ? "is" : "are"} ${listed(lastOnes)}, after ${count(last)}`]),
    ...(never === 0
      ? []
      : [`${inWords(never)} ${never === 1 ? "does" : "do"} not reach it in more than half of the runs`]),
  ].join("; ");
}

export function compareFacts(result: CompareResult): Block {
  const { settings, dataset, parameters, model, data, seconds, sensitivity } = result;
  const [train, validation, test] = dataset.counts;
  const batch = settings.batchSize === "full" ? "full" : count(settings.batchSize);
  return facts({
    Data: dataName(data),
    "Examples (training, validation, test)": [train, validation, test].map(count).join(", "),
    Model: `${model}, ${several(parameters, "parameter")}`,
    Optimizers: count(settings.optimizers.length),
    Batch: batch,
    Epochs: count(settings.epochs),
    Seeds: count(settings.seeds.length),
    "Rates tried for each": sensitivity.length === 0 ? "none" : count(settings.trials),
    "Time for all": duration(seconds),
  });
}

export function compareSections(result: CompareResult): Section[] {
  const { ranking } = result;
  if (ranking.length === 0) return [section("The search for rates", rateBlocks(result)), fairness(result)];
  return [
    section("The ranking", rankingBlocks(result)),
    section("Down the hill", lossBlocks(result)),
    section("How soon", arrivalBlocks(result)),
    section("How much the rate matters", rateBlocks(result)),
    ...(result.fullBatch === null ? [] : [section("Plain gradient descent and mini-batches", plainBlocks(result))]),
    fairness(result),
  ].filter(({ blocks }) => blocks.length > 0);
}

function lossBlocks(result: CompareResult): Block[] {
  const classes = result.dataset.task === "classification";
  const bands =
    result.settings.seeds.length > 1 ? " Lines are medians over the seeds, bands hold the middle half of them." : "";
  const drawn = (draw: (description: string) => Figure, words: string): Block => chart(draw(words), `${words}${bands}`);
  return [
    drawn((words) => costFigure(result, "train", words), trainingCaption(result)),
    drawn((words) => costFigure(result, "validation", words), validationCaption(result)),
    ...(classes ? [drawn((words) => accuracyFigure(result, words), accuracyCaption(result))] : []),
  ];
}

function arrivalBlocks(result: CompareResult): Block[] {
  const { ranking, target, settings } = result;
  if (target === null) return [];
  const never = ranking.filter(({ steps }) => steps === null).map(({ optimizer }) => optimizer);
  const times = ranking.flatMap(({ optimizer, seconds }) => (seconds === null ? [] : [{ optimizer, seconds }]));
  if (times.length === 0) return [];
  const quickest = times.reduce((a, b) => (b.seconds < a.seconds ? b : a));
  const takes = times.length === 1 ? "takes" : "takes the least time,";
  const words = [
    settings.seeds.length === 1 ? "" : "The bars are medians, the dots single seeds. ",
    `${quickest.optimizer} ${takes} ${duration(quickest.seconds)}; time depends on the machine and on what else it does, steps do not.`,
    never.length === 0 ? "" : ` Not reached in half of the runs or more: ${listed(never)}.`,
  ].join("");
  const drawn = arrivalFigure(result, words);
  return drawn === null ? [] : [chart(drawn, words)];
}

function plainBlocks(result: CompareResult): Block[] {
  const words = plainCaption(result);
  const drawn = words === null ? null : plainFigure(result, words);
  return drawn === null || words === null ? [] : [chart(drawn, words)];
}

/** What was the same for all; what was not, such as rates that were given, is said. */
function fairness({ settings, sensitivity }: CompareResult): Section {
  const { seeds, epochs, batchSize } = settings;
  const batches = batchSize === "full" ? "" : ` of ${count(batchSize)}`;
  return section("What makes it fair", [
    prose(
      `**The same start and the same batches.** For each of the ${several(seeds.length, "seed")} all optimizers begin at the same weights and see the same batches${batches} in the same order.`,
      searchWords(settings, new Set(sensitivity.map(({ optimizer }) => optimizer)).size),
      `**The same work.** A final run makes ${several(epochs, "pass")} over the training set, unless it diverges, so all compute the same number of gradients. Hyper-parameters other than the rate keep their defaults unless they were set. The test set was used once, at the end of each final run.`,
    ),
  ]);
}

function searchWords(
  { trials, seeds, tuningSeeds, tuningEpochs, optimizers }: CompareResult["settings"],
  tuned: number,
): string {
  if (tuned === 0) return "**No search.** Each optimizer was run with the rate that was given, or with its default.";
  const own = tuningSeeds.some((seed) => seeds.includes(seed)) ? "" : " that no final run has";
  const who =
    tuned === optimizers.length ? "Each optimizer" : `Each of the ${tuned} optimizers whose rate was not given`;
  return `**The same budget for tuning.** ${who} may try ${several(trials, "rate")}, each on ${several(tuningSeeds.length, "seed")}${own}, over ${several(tuningEpochs, "epoch")}. The search begins at the optimizer's default rate and walks in half decades towards the lower loss, then refines to quarter decades. A rate is judged by the mean validation loss over the second half of its trial.`;
}
