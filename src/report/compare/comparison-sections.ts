import { type CompareResult, median, type Ranked } from "../../compare/index.ts";
import type { Figure } from "../../figure/index.ts";
import { type Block, chart, facts, type Section, section } from "../../figure/page/index.ts";
import * as format from "../format.ts";
import { capital, dataName, goalWords, inWords, listed, several } from "../phrases.ts";
import type { Interval } from "../table.ts";
import { weighingWords } from "../train/run-words.ts";
import { arrivalFigure } from "./arrival-figure.ts";
import { completionOf, fractionWords, seedsOf } from "./completion.ts";
import { accuracyCaption, fullBatchCaption, trainingCaption, validationCaption } from "./curve-captions.ts";
import { accuracyFigure, lossFigure } from "./curve-figures.ts";
import { fairness } from "./fairness.ts";
import { finalChart } from "./final-chart.ts";
import { fullBatchFigure } from "./full-batch-figure.ts";
import { overArrivals, rankingBlocks, timesTell } from "./ranking.ts";
import { rateBlocks } from "./rates.ts";
import { goal, NO_TARGET, noneArrived } from "./target-words.ts";

/** The opening of a comparison's report: which optimizer reaches the target first, and when the others do. */
export function compareLead(result: CompareResult): string {
  const { ranking, target, outcome } = result;
  const [first] = ranking;
  if (first === undefined) return "The comparison was interrupted before a final run finished.";
  const broken =
    outcome === "interrupted"
      ? ` The comparison was interrupted after ${fractionWords(completionOf(result).runs, "final run")}.`
      : "";
  if (target === null) return `There is no target, as ${lossless(ranking)}.${broken}`;
  if (first.steps === null) return `The target, ${goalWords(target)}: ${noneArrived(ranking)}.${broken}`;
  const others = afterTheFirst(ranking, first.steps);
  const steps = `${format.middle(first.steps)} step${first.steps === 1 ? "" : "s"}${seedsOf(result)[1] === 1 ? "" : " (median over the seeds)"}`;
  return `${whoIsFirst(ranking, first.steps)}: after ${steps} ${goal(target)}.${others === "" ? "" : ` ${capital(others)}.`}${broken}`;
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

/** The optimizer in the middle and the last to arrive, where there are three or more; and those that never do. */
function afterTheFirst(ranking: readonly Ranked[], first: number): string {
  const arrived = ranking.flatMap(({ steps }) => steps ?? []);
  const last = Math.max(...arrived);
  const middle = median(ranking.map(({ steps }) => steps ?? Number.POSITIVE_INFINITY));
  const never = ranking.filter(({ steps }) => steps === null);
  const lastOnes = ranking.filter(({ steps }) => steps === last).map(({ optimizer }) => optimizer);
  return [
    ...(ranking.length > 2 && middle > first && middle < last
      ? [`the median optimizer needs ${format.middle(middle)}`]
      : []),
    ...(last === first
      ? []
      : [
          ranking.length === 2
            ? `the other, ${lastOnes[0]}, needs ${format.middle(last)}`
            : `the last to arrive ${lastOnes.length === 1 ? "is" : "are"} ${listed(lastOnes)}, after ${format.middle(last)}`,
        ]),
    ...(never.length === 0
      ? []
      : [lateWords(never, ranking.length === 2 ? `the other, ${never[0].optimizer},` : inWords(never.length))]),
  ].join("; ");
}

/** That these optimizers never reach the target, or in too few runs for a median. */
function lateWords(late: readonly Ranked[], who: string, target = "it"): string {
  const [{ reached, runs }, ...others] = late;
  if (late.every((line) => line.reached === 0))
    return `${who} ${others.length === 0 ? "does" : "do"} not reach ${target}`;
  if (others.length === 0)
    return `${who} reaches ${target} in only ${reached} of ${several(runs, "run")}, so its median is not defined`;
  const each = late.map((line) => `${line.optimizer} in ${line.reached} of ${line.runs}`);
  return `${who} reach ${target} in at most half of their runs (${listed(each)}), so their medians are not defined`;
}

export function compareFacts(result: CompareResult): Block {
  const { settings, dataset, parameters, model, data, runs, seconds } = result;
  const [train, validation, test] = dataset.counts;
  const weighing = weighingWords(result);
  const batch = settings.batchSize === "full" ? "full" : format.count(settings.batchSize);
  return facts({
    Data: dataName(data),
    "Examples (training, validation, test)": [train, validation, test].map(format.count).join(", "),
    ...(weighing === null ? {} : { "Weights in the loss": weighing }),
    Model: `${model}, ${several(parameters, "parameter")}`,
    ...(runs[0]?.loss === undefined ? {} : { Loss: runs[0].loss }),
    Optimizers: format.count(settings.optimizers.length),
    "Batch size": batch,
    Epochs: format.count(settings.epochs),
    Seeds: format.count(settings.seeds.length),
    "Learning rates tried for each": triedWords(result),
    "Total time": format.duration(seconds),
  });
}

/** The number of rates for each optimizer, and how many trials were made if that is fewer. */
function triedWords(result: CompareResult): string {
  const { tunable, trials } = completionOf(result);
  if (tunable.length === 0) return "none";
  const asked = format.count(result.settings.trials);
  const isWhole = result.outcome === "completed" || trials.made >= trials.asked;
  return isWhole ? asked : `${asked} asked for; ${fractionWords(trials, "trial")} finished`;
}

export function compareSections(result: CompareResult): Section[] {
  const { ranking } = result;
  if (ranking.length === 0) return [section("Tuning", rateBlocks(result)), fairness(result)];
  return [
    section("Ranking", [...rankingBlocks(result), ...finalChart(result)]),
    section("Down the hill", lossBlocks(result)),
    section("How soon the target is reached", arrivalBlocks(result)),
    section("How much the learning rate matters", rateBlocks(result)),
    ...(result.fullBatch === null ? [] : [section("Full batch against mini-batches", fullBatchBlocks(result))]),
    fairness(result),
  ].filter(({ blocks }) => blocks.length > 0);
}

function lossBlocks(result: CompareResult): Block[] {
  const classes = result.dataset.task === "classification";
  const bands = seedsOf(result)[1] > 1 ? " Lines are medians over the seeds; bands show the middle half of them." : "";
  const drawn = (draw: (description: string) => Figure, words: string): Block => chart(draw(words), `${words}${bands}`);
  return [
    drawn((words) => lossFigure(result, "train", words), trainingCaption(result)),
    drawn((words) => lossFigure(result, "validation", words), validationCaption(result)),
    ...(classes ? [drawn((words) => accuracyFigure(result, words), accuracyCaption(result))] : []),
  ];
}

function arrivalBlocks(result: CompareResult): Block[] {
  const { ranking, target } = result;
  if (target === null) return [];
  const never = ranking.filter(({ steps }) => steps === null);
  if (ranking.every(({ seconds }) => seconds === null)) return [];
  const words = [
    seedsOf(result)[1] === 1 ? "" : "Bars are medians, dots are single seeds. ",
    `${timeWords(result)}. Time depends on the machine and its load; steps do not.`,
    never.length === 0 ? "" : ` ${lateWords(never, listed(never.map(({ optimizer }) => optimizer)), "the target")}.`,
  ].join("");
  const drawn = arrivalFigure(result, words);
  return drawn === null ? [] : [chart(drawn, words)];
}

/** The fastest optimizer, if its range over the seeds overlaps no other; else the range of all times. */
function timeWords(result: CompareResult): string {
  const { ranking } = result;
  const times = ranking.flatMap((line) => (line.seconds === null ? [] : [{ line, seconds: line.seconds }]));
  const [quickest, ...slower] = times.sort((a, b) => a.seconds - b.seconds);
  const [least, most] = [quickest, slower.at(-1) ?? quickest].map(({ seconds }) => format.duration(seconds));
  if (ranking.length === 1) return `${quickest.line.optimizer} takes ${least}`;
  const range = (line: Ranked): Interval => overArrivals(result, line, "seconds") ?? [0, Number.POSITIVE_INFINITY];
  const [, end] = range(quickest.line);
  const isApart = ranking.every((line) => line === quickest.line || range(line)[0] > end);
  if (isApart && seedsOf(result)[0] > 1 && timesTell(result))
    return `${quickest.line.optimizer} takes the least time, ${least}`;
  const why = isApart
    ? timesTell(result)
      ? "with one seed any difference may be chance"
      : "times this short depend more on the machine than on the optimizer"
    : "ranges over the seeds overlap, so none is clearly fastest";
  const spread = least === most ? `is ${least}` : `is ${least} to ${most}`;
  return `The time to the target ${spread}; ${why}`;
}

function fullBatchBlocks(result: CompareResult): Block[] {
  const words = fullBatchCaption(result);
  const drawn = words === null ? null : fullBatchFigure(result, words);
  return drawn === null || words === null ? [] : [chart(drawn, words)];
}
