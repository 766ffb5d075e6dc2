import type { RunRecord } from "../../train/index.ts";
import * as format from "../format.ts";
import type { NamedRun } from "./named-runs.ts";

/** The captions of a run's charts, computed from the same values. */

export function lossWords(all: readonly NamedRun[]): string {
  const weighed = all.some(({ run }) => run.dataset?.weighing?.classes !== undefined) ? ` ${CLASSES_WEIGHED}` : "";
  if (all.length > 1)
    return `On the training set, and on the validation set, which the optimizer never sees.${weighed}`;
  return `${oneLossWords(all[0].run, weighed !== "")}${weighed}`;
}

/** Why the two losses of a run with class weights are not to be compared. */
export const CLASSES_WEIGHED =
  "The training loss weighs the classes, the validation loss does not, so one may lie above the other for that alone.";

function oneLossWords(run: RunRecord, isWeighed: boolean): string {
  const [first, last] = [run.epochs[0], run.epochs.at(-1)];
  if (first === undefined || last === undefined) return "";
  const validation =
    last.validation.loss === null ? "" : `; the validation loss after it is ${format.loss(last.validation.loss)}`;
  if (run.epochs.length === 1)
    return `In the one epoch the training loss is ${format.loss(first.train.loss)}${validation}.`;
  const gap =
    last.train.loss !== null &&
    !isWeighed &&
    last.validation.loss !== null &&
    last.validation.loss > 2 * last.train.loss
      ? " That is more than twice the training loss: a sign of overfitting."
      : "";
  return `${wentWords(first.train.loss, last.train.loss)}${validation}.${gap}`;
}

/** Whether a loss fell or rose, to the digits that are shown. */
function wentWords(first: number | null, last: number | null): string {
  if (first === null || last === null || format.loss(first) === format.loss(last))
    return `The training loss is ${format.loss(first)} in the first epoch and ${format.loss(last)} in the last`;
  return `The training loss ${last < first ? "fell" : "rose"} from ${format.loss(first)} in the first epoch to ${format.loss(last)} in the last`;
}

export function accuracyWords(all: readonly NamedRun[]): string {
  if (all.length > 1) return "The fraction of examples that are classified correctly.";
  const { epochs, kept } = all[0].run;
  const { train, validation } = epochs.at(-1) ?? {};
  if (train?.accuracy === undefined || validation?.accuracy === undefined) return "";
  const then = epochs.find(({ epoch }) => epoch === kept?.epoch)?.validation.accuracy;
  const back =
    then === undefined
      ? ""
      : ` With the weights that were kept, those of epoch ${kept?.epoch}, it is ${format.percent(then)}.`;
  return `In the last epoch the training accuracy is ${format.percent(train.accuracy)}, measured batch by batch before each step; the validation accuracy after it is ${format.percent(validation.accuracy)}.${back}`;
}

/** Of long runs not every batch is kept. */
export function batchWords(all: readonly NamedRun[]): string {
  const every = Math.max(...all.map(({ run }) => run.batches.every));
  const shown =
    every === 1 ? "" : all.length === 1 ? ` One batch in ${every} is shown.` : " Some of the batches are shown.";
  return `The loss of each batch, measured on its own examples before its step.${shown}`;
}

export function normsWords(all: readonly NamedRun[]): string {
  const rated = all.some(({ run }) => run.hyper.lr !== undefined);
  const usual = rated
    ? "As a rule of thumb, updates are about a thousandth of the weights: much more suggests that the learning rate is too large, much less that it is too small."
    : "A solver chooses the length of each step itself.";
  return `At each epoch's last step: the norm of the gradient, and the norm of the update relative to that of the weights. ${usual}`;
}
