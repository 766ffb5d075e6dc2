import type { CompareResult } from "../../compare/index.ts";
import type { RunRecord } from "../../train/index.ts";
import * as format from "../format.ts";
import { errorWords } from "../train/metric-words.ts";

/** The run whose weights were kept; undefined where none were. */
const bestRun = ({ best, runs }: CompareResult): RunRecord | undefined =>
  runs.find(({ optimizer, seed }) => optimizer === best?.optimizer && seed === best.seed);

/** `adam with seed 3 (validation loss 0.1416, test accuracy 96.7 %)`; null where no weights were kept. */
export function bestWords(result: CompareResult): string | null {
  const run = bestRun(result);
  if (run === undefined) return null;
  const { test, regression } = run;
  const tested = [
    ...(test.accuracy === undefined ? [] : [`test accuracy ${format.percent(test.accuracy)}`]),
    ...(regression === undefined ? [] : [`test ${errorWords(regression)}`]),
    ...(test.accuracy === undefined && regression === undefined ? [`test loss ${format.loss(test.loss)}`] : []),
  ];
  return `${run.optimizer} with seed ${run.seed} (validation loss ${format.loss(run.epochs.at(-1)?.validation.loss)}, ${tested.join(", ")})`;
}

/** A sentence for the page. */
export function bestSentence(result: CompareResult): string[] {
  const words = bestWords(result);
  if (words === null) return [];
  const among =
    result.settings.seeds.length > 1 ? ", whose validation loss after the last epoch was the lowest of its seeds" : "";
  return [`The weights that were kept are those of ${words}${among}.`];
}
