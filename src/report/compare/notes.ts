import { type CompareResult, FULL_BATCH } from "../../compare/index.ts";
import * as format from "../format.ts";
import { goalWords, intervalWords, majorityWords, unitWords } from "../phrases.ts";
import { seedsOf } from "./completion.ts";
import { dashWords, metAtTheStart, NO_TARGET, noneArrived, targetRule } from "./target-words.ts";

/** Notes on the ranking's columns for a terminal, a line each: the target and its origin, the losses, the test results. */
export function rankingNotes(result: CompareResult): string[] {
  const { target, ranking } = result;
  if (ranking.length === 0) return ["No final run finished."];
  const [least, most] = seedsOf(result);
  const over = most === 1 ? "" : `; medians of ${least === most ? "" : `${least} to `}${most} seeds`;
  return [
    ...(target === null
      ? [`no target: ${NO_TARGET}`]
      : [
          `steps, time: until ${goalWords(target)}${target.given ? "" : `, which is ${targetRule(result)}`}`,
          ...dashWords(ranking),
        ]),
    ...(target !== null && ranking.every(({ steps }) => steps === null) ? [noneArrived(ranking)] : []),
    ...metAtTheStart(result).map((words) => `target: ${words}`),
    `final, lowest loss: on the validation set${over}${most === 1 ? "" : "; over seeds: the range of the final loss"}`,
    ...testNotes(result),
    ...(result.fullBatch === null
      ? []
      : [`${FULL_BATCH}, also ran: it is in the report and counts towards the progress, but is not ranked`]),
  ];
}

/** The uncertainty of the test results, and the baseline to compare them with. */
function testNotes({ dataset, ranking }: CompareResult): string[] {
  const [, , examples] = dataset.counts;
  if (dataset.task === "regression")
    return dataset.target === undefined
      ? []
      : [`${unitWords(dataset.target)}; RMSE: in the target's own unit; R²: the fraction of the variance explained`];
  const accuracies = ranking.flatMap(({ testAccuracy }) => testAccuracy?.median ?? []);
  if (accuracies.length === 0 || examples === 0) return [];
  const top = Math.max(...accuracies);
  return [
    `test accuracy: ${format.percent(top)} has the ${intervalWords(top, examples)}`,
    ...majorityWords(dataset.majority),
  ];
}
