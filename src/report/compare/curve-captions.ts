import {
  type CompareResult,
  labelOf,
  median,
  plainGradientDescent,
  type Ranked,
  type Spread,
  wilson,
} from "../../compare/index.ts";
import type { RunRecord } from "../../train/index.ts";
import * as format from "../format.ts";
import { intervalWords, listedShort, several } from "../phrases.ts";
import { CLASSES_WEIGHED } from "../train/run-captions.ts";
import { accuracyFloor } from "./curve-figures.ts";

/** The captions of a comparison's charts, computed from the same values. */

interface Named {
  readonly optimizer: string;
  readonly value: number;
}

const medians = (ranking: readonly Ranked[], of: (line: Ranked) => Spread | null): Named[] =>
  ranking.flatMap((line) => {
    const spread = of(line);
    return spread === null ? [] : [{ optimizer: line.optimizer, value: spread.median }];
  });

/** All optimizers whose value reads the same. */
const allAt = (all: readonly Named[], value: number, write: (value: number) => string): string =>
  listedShort(all.filter((each) => write(each.value) === write(value)).map(({ optimizer }) => optimizer));

export const trainingCaption = (result: CompareResult): string =>
  result.dataset.weighing?.classes === undefined
    ? trainingWords(result)
    : `${trainingWords(result)} ${CLASSES_WEIGHED}`;

function trainingWords({ ranking, settings }: CompareResult): string {
  const all = medians(ranking, ({ train }) => train);
  const after = `after ${several(settings.epochs, "epoch")}`;
  if (all.length === 0) return "No run finished without diverging.";
  const [low, high] = extremes(all);
  if (format.loss(low) === format.loss(high))
    return all.length === 1
      ? `The training loss of ${all[0].optimizer} is ${format.loss(low)} ${after}.`
      : `The training loss is ${format.loss(low)} with all of them ${after}.`;
  return `The training loss ${after} is lowest with ${allAt(all, low, format.loss)}, ${format.loss(low)}, and highest with ${allAt(all, high, format.loss)}, ${format.loss(high)}.`;
}

/** A validation loss that ends above this multiple of its lowest value is mentioned. */
const RISEN = 1.1;

export function validationCaption({ ranking }: CompareResult): string {
  const all = ranking.flatMap(({ optimizer, final, best }) =>
    final === null || best === null ? [] : [{ optimizer, risen: final.median > RISEN * best.median }],
  );
  const risen = all.filter((each) => each.risen).map(({ optimizer }) => optimizer);
  if (all.length === 0) return "There is no validation loss at the end of a run.";
  if (risen.length > 0)
    return `At the end the validation loss is more than a tenth above its lowest value with ${risen.length === all.length && all.length > 1 ? "all of them" : listedShort(risen)}: a sign of overfitting.`;
  return all.length === 1
    ? `At the end the validation loss of ${all[0].optimizer} is at most a tenth above its lowest value.`
    : "At the end no optimizer's validation loss is more than a tenth above its lowest value.";
}

/** On the validation set, like the chart. */
export function accuracyCaption(result: CompareResult): string {
  const examples = result.dataset.counts[1];
  const last = (optimizer: string): number[] =>
    result.runs.flatMap((run) =>
      run.optimizer === optimizer && run.outcome.kind !== "diverged" && run.outcome.kind !== "interrupted"
        ? (run.epochs.at(-1)?.validation.accuracy ?? [])
        : [],
    );
  const all = result.ranking.flatMap(({ optimizer }) => {
    const values = last(optimizer);
    return values.length === 0 ? [] : [{ optimizer, value: median(values) }];
  });
  const floor = accuracyFloor(result);
  const cut = floor > 0 ? ` The axis begins at ${format.percent(floor)}.` : "";
  if (all.length === 0 || examples === 0) return `There is no validation accuracy at the end of a run.${cut}`;
  const [, top] = extremes(all);
  const words = `At the end the highest validation accuracy is ${format.percent(top)}, with ${allAt(all, top, format.percent)} (${intervalWords(top, examples)})`;
  const others = all.filter(({ value }) => format.percent(value) !== format.percent(top));
  const near = others.filter(({ value }) => wilson(value, examples)[1] >= wilson(top, examples)[0]);
  return `${words}${overlapWords(near.length, others.length)}.${cut}`;
}

function overlapWords(near: number, others: number): string {
  if (others === 0) return "";
  if (near === 0) return "; no other interval overlaps this one";
  if (others === 1) return "; the other's interval overlaps this one";
  return `; the intervals of ${near === others ? "all" : `${near} of the ${others}`} others overlap this one`;
}

const extremes = (all: readonly Named[]): [low: number, high: number] => {
  const values = all.map(({ value }) => value);
  return [Math.min(...values), Math.max(...values)];
};

/** Gradient descent on the full batch against mini-batches; null unless the comparison has both. */
export function fullBatchCaption(result: CompareResult): string | null {
  const [full] = result.fullBatch?.runs ?? [];
  const plain = plainGradientDescent(result.settings);
  const mini = result.runs.find(({ optimizer, seed }) => plain && optimizer === labelOf(plain) && seed === full?.seed);
  if (full === undefined || mini === undefined) return null;
  const tuned = (result.fullBatch?.sensitivity.length ?? 0) > 0 ? "Both learning rates were tuned; the" : "The";
  return `Seed ${full.seed}. The full batch takes one step in each pass over the data, ${several(full.steps, "step")} in all: its ${course(full)}. Mini-batches of ${format.count(mini.batchSize)} take ${several(mini.steps, "step")} in ${several(mini.epochs.length, "pass")}: their ${course(mini)}. ${tuned} full batch is not ranked.`;
}

/** How a training loss changed from pass to pass: it need not fall each time. */
export function course({ epochs, outcome }: RunRecord): string {
  const losses = epochs.map(({ train }) => train.loss);
  const [first, last] = [losses[0], losses.at(-1)];
  const lost = outcome.kind === "diverged" ? ", where it diverged" : "";
  if (first === undefined || last === undefined || losses.length === 1)
    return `training loss is ${format.loss(last ?? null)}${lost}`;
  const rises = losses.filter((loss, i) => i > 0 && (loss ?? Infinity) > (losses[i - 1] ?? Infinity)).length;
  const changes = losses.length - 1;
  const way =
    rises === 0
      ? "never rising from one pass to the next"
      : `rising ${rises === changes ? "each time" : `${rises} of ${changes} times`} from one pass to the next`;
  return `training loss goes from ${format.loss(first)} to ${format.loss(last)}, ${way}${lost}`;
}
