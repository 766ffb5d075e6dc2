import { type CompareResult, median, type Ranked, wilson } from "../../compare/index.ts";
import * as format from "../format.ts";
import { capital, intervalWords, listed, listedShort, majorityWords, several, unitWords } from "../phrases.ts";
import { seedsOf } from "./done.ts";
import { goal, metAtTheStart, overSeeds, targetRule } from "./target-words.ts";

/** What the numbers of the ranking do and do not say. */
export const verdict = (result: CompareResult): string[] => [
  whatIsCounted(result),
  ...spreadWords(result),
  ...testWords(result),
  ...divergedWords(result),
];

function whatIsCounted(result: CompareResult): string {
  const { target, ranking } = result;
  const [least, most] = seedsOf(result);
  const lost = ranking.some(({ diverged }) => diverged > 0) ? ", without the runs that diverged" : "";
  return [
    `Final and lowest loss are of the validation set; all numbers are ${overSeeds(least, most)}${lost}.`,
    ...(target === null ? [] : [`Steps and time are those until ${goal(target)}, measured after each epoch.`]),
    ...(target === null || target.given ? [] : [`That target is ${targetRule(result)}.`]),
    ...metAtTheStart(result).map((words) => `**It is no target:** ${words}.`),
    least === 1
      ? "One seed cannot tell what is chance, so no loss is set off as the best."
      : "A number is set off as the best only where no other's range over the seeds, or interval, meets its own.",
  ].join(" ");
}

function spreadWords(result: CompareResult): string[] {
  const { ranking } = result;
  const finals = ranking.flatMap(({ final }) => final ?? []);
  if (finals.length < 2 || seedsOf(result)[0] < 2) return [];
  const medians = finals.map(({ median: middle }) => middle);
  const within = median(finals.map(({ low, high }) => high - low));
  return [
    `The optimizers' final losses lie from ${format.loss(Math.min(...medians))} to ${format.loss(Math.max(...medians))}. Those of one optimizer differ by ${format.loss(within)} from seed to seed (the median of their ranges): a difference of that size may be chance.`,
  ];
}

/** The best accuracy with its interval, who cannot be told from it, and what needs no learning. */
function testWords({ ranking, dataset }: CompareResult): string[] {
  const examples = dataset.counts[2];
  const lines = ranking.flatMap(({ optimizer, testAccuracy }) =>
    testAccuracy === null ? [] : [{ optimizer, accuracy: testAccuracy.median }],
  );
  if (dataset.task === "regression") return regressionWords(dataset);
  if (lines.length === 0 || examples === 0) return [];
  const top = Math.max(...lines.map(({ accuracy }) => accuracy));
  const best = lines.filter(({ accuracy }) => accuracy === top).map(({ optimizer }) => optimizer);
  const [low] = wilson(top, examples);
  const others = lines.filter(({ accuracy }) => accuracy < top);
  const near = others.filter(({ accuracy }) => wilson(accuracy, examples)[1] >= low);
  return [
    [
      `The highest test accuracy, ${format.percent(top)} with ${listedShort(best)}, has the ${intervalWords(top, examples)}.`,
      ...apartWords(
        others.length,
        near.map(({ optimizer }) => optimizer),
      ),
      ...baselineWords(dataset, top, examples),
    ].join(" "),
  ];
}

function apartWords(others: number, near: readonly string[]): string[] {
  if (others === 0) return [];
  if (near.length === 0) return ["No other optimizer's interval meets it."];
  const who = near.length === others ? "all others" : listedShort(near);
  return [
    `The ${near.length === 1 ? "interval" : "intervals"} of ${who} ${near.length === 1 ? "meets" : "meet"} it, so these are not told apart.`,
  ];
}

/** Whether the answer that needs no input is as good. */
function baselineWords({ majority }: CompareResult["dataset"], top: number, examples: number): string[] {
  const [low, high] = wilson(top, examples);
  const part = majority?.test ?? Number.NaN;
  const more = part >= low && part <= high ? ", which lies within that interval: more than that is not shown" : "";
  return majorityWords(majority).map((words) => `${capital(words)}${more}.`);
}

const regressionWords = ({ target }: CompareResult["dataset"]): string[] =>
  target === undefined
    ? []
    : [
        `${capital(unitWords(target))}. RMSE is in the target's own unit; R² is the part of the test set's variance that is explained.`,
      ];

function divergedWords({ ranking }: CompareResult): string[] {
  const lost = ranking.filter(({ diverged }) => diverged > 0);
  if (lost.length === 0) return [];
  const who = listed(lost.map(({ optimizer, ...line }) => `${optimizer} in ${runsOf(line)}`));
  return [`Diverged: ${who}. There the loss or the gradient was no longer a finite number, which ends a run.`];
}

const runsOf = ({ diverged, runs }: Pick<Ranked, "diverged" | "runs">): string =>
  diverged === runs ? (runs === 1 ? "its run" : `all ${several(runs, "run")}`) : `${diverged} of ${runs} runs`;
