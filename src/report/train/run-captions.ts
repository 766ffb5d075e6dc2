import * as format from "../format.ts";
import type { NamedRun } from "./named-runs.ts";

/** The words below a run's charts, each computed from what is drawn. */

export function lossWords(all: readonly NamedRun[]): string {
  if (all.length > 1) return "On the training set as it is learned from, and on the validation set, which is not.";
  const [{ run }] = all;
  const [first, last] = [run.epochs[0], run.epochs.at(-1)];
  if (first === undefined || last === undefined) return "";
  const validation =
    last.validation.loss === null ? "" : `; the validation loss is ${format.loss(last.validation.loss)} there`;
  if (run.epochs.length === 1)
    return `In the one epoch the training loss is ${format.loss(first.train.loss)}${validation}.`;
  const gap =
    last.train.loss !== null && last.validation.loss !== null && last.validation.loss > 2 * last.train.loss
      ? " That is more than twice the training loss: a sign of overfitting."
      : "";
  return `${wentWords(first.train.loss, last.train.loss)}${validation}.${gap}`;
}

/** Whether a loss fell or rose, to the digits that are written. */
function wentWords(first: number | null, last: number | null): string {
  if (first === null || last === null || format.loss(first) === format.loss(last))
    return `The training loss is ${format.loss(first)} in the first epoch and ${format.loss(last)} in the last`;
  return `The training loss ${last < first ? "fell" : "rose"} from ${format.loss(first)} in the first epoch to ${format.loss(last)} in the last`;
}

export function accuracyWords(all: readonly NamedRun[]): string {
  if (all.length > 1) return "The part of the examples that are right.";
  const { epochs, kept } = all[0].run;
  const { train, validation } = epochs.at(-1) ?? {};
  if (train?.accuracy === undefined || validation?.accuracy === undefined) return "";
  const then = epochs.find(({ epoch }) => epoch === kept?.epoch)?.validation.accuracy;
  const back =
    then === undefined
      ? ""
      : ` With the weights that were kept, of epoch ${kept?.epoch}, it is ${format.percent(then)}.`;
  return `In the last epoch ${format.percent(train.accuracy)} of the training examples were right as they came, and ${format.percent(validation.accuracy)} of the validation set after it.${back}`;
}

/** Of long runs not every batch is kept. */
export function batchWords(all: readonly NamedRun[]): string {
  const every = Math.max(...all.map(({ run }) => run.batches.every));
  const kept = every === 1 ? "" : all.length === 1 ? `, of one step in ${every}` : ", of some of the steps";
  return `The loss of single batches${kept}, each measured on its own examples before its step.`;
}

export function lengthWords(all: readonly NamedRun[]): string {
  const rated = all.some(({ run }) => run.hyper.lr !== undefined);
  const usual = rated
    ? "As a rule of thumb updates are near a thousandth of the weights; far above it the rate may be too large, far below too small."
    : "A solver looks how far it can go along each direction.";
  return `At each epoch's last step: the length of the gradient, and of the update against that of the weights. ${usual}`;
}
