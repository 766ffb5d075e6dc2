import { type CompareResult, median, type Ranked, wilson } from "../../compare/index.ts";
import * as format from "../format.ts";
import { capital, intervalWords, listed, listedShort, majorityWords, several, unitWords } from "../phrases.ts";
import { seedsOf } from "./completion.ts";
import { dashWords, goal, metAtTheStart, overSeeds, targetRule } from "./target-words.ts";

/** How to read the ranking: definitions, and which differences may be chance. */
export const verdict = (result: CompareResult): string[] => [
  definitions(result),
  ...spreadWords(result),
  ...testWords(result),
  ...divergedWords(result),
];

function definitions(result: CompareResult): string {
  const { target, ranking } = result;
  const [least, most] = seedsOf(result);
  const lost = ranking.some(({ diverged }) => diverged > 0) ? ", without the runs that diverged" : "";
  return [
    `Final and lowest loss are validation losses; all figures are ${overSeeds(least, most)}${lost}.`,
    ...(target === null ? [] : [`Steps and time are counted until ${goal(target)}, measured after each epoch.`]),
    ...(target === null ? [] : dashWords(ranking).map((words) => `${words}.`)),
    ...(target === null || target.given ? [] : [`That target is ${targetRule(result)}.`]),
    ...metAtTheStart(result).map((words) => `**This target says nothing:** ${words}.`),
    least === 1
      ? "With one seed any difference may be chance, so no loss is highlighted as the best."
      : "The best value of a column is highlighted only if its range over the seeds, or its interval, overlaps no other.",
  ].join(" ");
}

function spreadWords(result: CompareResult): string[] {
  const { ranking } = result;
  const finals = ranking.flatMap(({ final }) => final ?? []);
  if (finals.length < 2 || seedsOf(result)[0] < 2) return [];
  const medians = finals.map(({ median: middle }) => middle);
  const within = median(finals.map(({ low, high }) => high - low));
  return [
    `The optimizers' final losses range from ${format.loss(Math.min(...medians))} to ${format.loss(Math.max(...medians))}. Those of a single optimizer differ by ${format.loss(within)} from seed to seed (the median of their ranges), so a difference of that size may be chance.`,
  ];
}

/** The best accuracy with its interval, the optimizers whose intervals overlap it, and the baseline. */
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
      `The highest test accuracy is ${format.percent(top)}, with ${listedShort(best)} (${intervalWords(top, examples)}).`,
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
  if (near.length === 0) return ["No other optimizer's interval overlaps this one."];
  const who = near.length === others ? "all others" : listedShort(near);
  return [
    `The ${near.length === 1 ? "interval" : "intervals"} of ${who} ${near.length === 1 ? "overlaps" : "overlap"} this one, so the test set does not tell them apart.`,
  ];
}

/** The baseline, and whether it lies within the best optimizer's interval. */
function baselineWords({ majority }: CompareResult["dataset"], top: number, examples: number): string[] {
  const [low, high] = wilson(top, examples);
  const accuracy = majority?.test ?? Number.NaN;
  const more =
    accuracy >= low && accuracy <= high ? ", which lies within that interval: no optimizer is shown to do better" : "";
  return majorityWords(majority).map((words) => `${capital(words)}${more}.`);
}

const regressionWords = ({ target }: CompareResult["dataset"]): string[] =>
  target === undefined
    ? []
    : [
        `${capital(unitWords(target))}. RMSE is in the target's own unit; R² is the fraction of the test set's variance that is explained.`,
      ];

function divergedWords({ ranking }: CompareResult): string[] {
  const lost = ranking.filter(({ diverged }) => diverged > 0);
  if (lost.length === 0) return [];
  const who = listed(lost.map(({ optimizer, ...line }) => `${optimizer} in ${runsOf(line)}`));
  return [`Diverged: ${who}. A run diverges, and ends, when its loss or gradient is no longer finite.`];
}

const runsOf = ({ diverged, runs }: Pick<Ranked, "diverged" | "runs">): string =>
  diverged === runs ? (runs === 1 ? "its run" : `all ${several(runs, "run")}`) : `${diverged} of ${runs} runs`;
