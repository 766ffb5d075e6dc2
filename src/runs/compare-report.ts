import { type CompareResult, labelOf, plainOf } from "../compare/index.ts";
import { type Block, chart, facts, prose, type Section, section } from "../figure/page/index.ts";
import { arrivalFigure } from "./arrival-figure.ts";
import { accuracyFigure, costFigure } from "./compare-figures.ts";
import { rankingBlocks } from "./compare-ranking.ts";
import { rateBlocks } from "./compare-rates.ts";
import { cost, count, duration, inWords, listed, percent, several } from "./phrases.ts";
import { plainFigure } from "./plain-figure.ts";
import { goal } from "./table.ts";

/** The first words of a comparison's report: who was down first, and how much that means. */
export function compareLead(result: CompareResult): string {
  const { ranking, target } = result;
  const [first] = ranking;
  if (first === undefined) return "The comparison was interrupted before a final run came to its end.";
  if (target === null || first.steps === null)
    return `No optimizer got down to the target: ${target === null ? "all of them diverged" : goal(target)}.`;
  const tied = ranking.filter(({ steps }) => steps === first.steps);
  const who = listed(tied.map(({ optimizer }) => `**${optimizer}**`));
  const middle = ranking[ranking.length >> 1].steps;
  const last = ranking.findLast(({ steps }) => steps !== null) ?? first;
  const never = ranking.filter(({ steps }) => steps === null).length;
  const others = [
    ...(middle === null || middle === first.steps || middle === last.steps
      ? []
      : [`The middle one takes ${count(middle)}`]),
    ...(last.steps === first.steps ? [] : [`the last to arrive, ${last.optimizer}, ${count(last.steps ?? 0)}`]),
    ...(never === 0 ? [] : [`${inWords(never)} never ${never === 1 ? "arrives" : "arrive"}`]),
  ].join(", ");
  return `${who} ${tied.length > 1 ? "are" : "is"} down first: after ${count(first.steps)} steps ${goal(target)}.${others === "" ? "" : ` ${capital(others)}.`}`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export function compareFacts(result: CompareResult): Block {
  const { settings, dataset, parameters, model, data, seconds } = result;
  const batch = settings.batchSize === "full" ? "full" : count(settings.batchSize);
  return facts({
    Data: `${data}: ${count(dataset.counts[0])} examples`,
    Model: `${model}, ${several(parameters, "parameter")}`,
    Optimizers: count(settings.optimizers.length),
    Batch: batch,
    Epochs: count(settings.epochs),
    Seeds: count(settings.seeds.length),
    "Rates tried for each": count(settings.trials),
    "Time for all": duration(seconds),
  });
}

export function compareSections(result: CompareResult): Section[] {
  const { ranking } = result;
  if (ranking.length === 0) return [section("The search for rates", rateBlocks(result)), fairness(result)];
  return [
    section("The ranking", rankingBlocks(result)),
    section("Down the hill", costBlocks(result)),
    section("How soon", arrivalBlocks(result)),
    section("How much the rate matters", rateBlocks(result)),
    ...(result.fullBatch === null ? [] : [section("Plain gradient descent and mini-batches", plainBlocks(result))]),
    fairness(result),
  ].filter(({ blocks }) => blocks.length > 0);
}

function costBlocks(result: CompareResult): Block[] {
  const { ranking, settings } = result;
  const last = settings.epochs;
  const trained = [...ranking]
    .filter(({ train }) => train !== null)
    .sort((a, b) => (a.train?.median ?? 0) - (b.train?.median ?? 0));
  const [lowest] = trained;
  const highest = trained[trained.length - 1];
  const train =
    lowest === undefined
      ? "No run came to its end."
      : `After ${several(last, "epoch")} ${lowest.optimizer} has the lowest training cost, ${cost(lowest.train?.median ?? null)}, and ${highest.optimizer} the highest, ${cost(highest.train?.median ?? null)}.`;
  const rising = ranking.filter(
    ({ final, best }) => final !== null && best !== null && final.median > 1.1 * best.median,
  );
  const validation =
    rising.length === 0
      ? "What is learned on the training part holds on examples that were not in it: no optimizer's validation cost has risen again by the end."
      : `The validation cost tells what is learned from what is learned by heart: at the end it is more than a tenth above its lowest value with ${listed(rising.map(({ optimizer }) => optimizer))}.`;
  const classes = result.dataset.task === "classification";
  const right = Math.max(...ranking.map(({ testAccuracy }) => testAccuracy?.median ?? 0));
  const best = ranking.filter(({ testAccuracy }) => testAccuracy?.median === right).map(({ optimizer }) => optimizer);
  const accuracy = `On the test part ${listed(best)} ${best.length === 1 ? "is" : "are"} right most often: ${percent(right)} of the examples.`;
  const bands =
    settings.seeds.length > 1 ? " Lines are medians over the seeds, bands hold the middle half of them." : "";
  return [
    chart(costFigure(result, "train", train), `${train}${bands}`),
    chart(costFigure(result, "validation", validation), validation),
    ...(classes ? [chart(accuracyFigure(result, accuracy), accuracy)] : []),
  ];
}

function arrivalBlocks(result: CompareResult): Block[] {
  const { ranking, target } = result;
  if (target === null) return [];
  const never = ranking.filter(({ steps }) => steps === null).map(({ optimizer }) => optimizer);
  const timed = ranking.filter(({ seconds }) => seconds !== null).sort((a, b) => (a.seconds ?? 0) - (b.seconds ?? 0));
  const [quickest] = timed;
  if (quickest === undefined) return [];
  const words = [
    `The bars are medians, the dots single seeds. ${quickest.optimizer} takes the least time, ${duration(quickest.seconds ?? 0)}; time depends on the machine and on what else it does, steps do not.`,
    ...(never.length === 0 ? [] : [`Not reached in half of the runs or more by ${listed(never)}.`]),
  ].join(" ");
  const drawn = arrivalFigure(result, words);
  return drawn === null ? [] : [chart(drawn, words)];
}

function plainBlocks(result: CompareResult): Block[] {
  const [full] = result.fullBatch?.runs ?? [];
  const plain = plainOf(result.settings);
  const mini = result.runs.find(({ optimizer, seed }) => plain && optimizer === labelOf(plain) && seed === full?.seed);
  if (full === undefined || mini === undefined) return [];
  const [a, b] = [full.epochs.at(-1), mini.epochs.at(-1)];
  const words = `Both make ${several(full.epochs.length, "pass")} over the data. The full batch takes one step in each, ${count(full.steps)} in all, and its cost falls smoothly to ${cost(a?.train.loss ?? null)}; mini-batches of ${count(mini.batchSize)} take ${count(mini.steps)} steps, noisy because each batch has a cost of its own, and come to ${cost(b?.train.loss ?? null)}.`;
  const drawn = plainFigure(result, words);
  return drawn === null ? [] : [chart(drawn, `${words} Both rates were searched for; the full batch is not ranked.`)];
}

function fairness({ settings }: CompareResult): Section {
  const { trials, tuningSeeds, tuningEpochs, epochs, seeds, batchSize } = settings;
  const search =
    trials === 0
      ? "No rates were searched for."
      : `**The same budget for tuning.** Each optimizer may try ${several(trials, "rate")}, on ${several(tuningSeeds.length, "seed")} of their own and over ${several(tuningEpochs, "epoch")} each. The search begins at the rate that the optimizer's authors propose and walks in half decades towards the lower cost, then refines to quarter decades; a default that is far off costs nothing. A rate is judged by the mean validation cost over the second half of its trial.`;
  return section("What makes it fair", [
    prose(
      `**The same start and the same batches.** For each of the ${several(seeds.length, "seed")} all optimizers begin at the same weights and see the same batches${batchSize === "full" ? "" : ` of ${count(batchSize)}`} in the same order.`,
      search,
      `**The same work.** Every final run makes ${several(epochs, "pass")} over the training part, so all compute the same number of gradients. Hyper-parameters other than the rate keep their defaults unless they were set. The test part was used once, at the end of each final run.`,
    ),
  ]);
}
