import type { Evaluation } from "../objective/index.ts";
import type { OutcomeKind as SolverEnding } from "../solvers/index.ts";

/**
 * How a run ended. None of these is an error.
 * - completed: all steps were taken;
 * - diverged: a loss, a gradient, a weight or the optimizer's state was no longer finite. The weights are the last ones whose
 *   loss was finite; the optimizer's state is that of the last step that was tried;
 * - interrupted: the signal was aborted;
 * - converged, stalled, singular: only with solvers (see their `OutcomeKind`);
 * - target, stopped-early: the target was reached, or patience ran out, and the options asked to stop there.
 */
export interface Outcome {
  /** Why it ended. */
  readonly kind: "completed" | "target" | "stopped-early" | Exclude<SolverEnding, "maximum iterations">;
  /** Steps taken. */
  readonly step: number;
  /** What happened, in words. */
  readonly reason: string;
}

/** One step on one batch; a solver's batch is the whole training set. */
export interface BatchEvent {
  readonly kind: "batch";
  /** Counted over the whole run, from 1. */
  readonly step: number;
  /** From 1. */
  readonly epoch: number;
  /** The batch's mean loss before the step. */
  readonly loss: number;
  /** ‖g‖ over all parameters. */
  readonly gradientNorm: number;
}

/**
 * One pass over the training set. `Mean` and `Size` are the types of its measurements, which may not be finite: numbers in an
 * event, what JSON can hold in a record.
 */
export interface Epoch<Mean, Size> {
  /** From 1. */
  readonly epoch: number;
  /** Steps taken so far. */
  readonly steps: number;
  /** Seconds of training so far, evaluations not counted. */
  readonly seconds: number;
  /** The mean over the epoch's batches, each measured before its step and with dropout; with a solver, measured after the step. */
  readonly train: Mean;
  /** The mean over the validation set, after the epoch. */
  readonly validation: Mean;
  /** ‖g‖ at the epoch's last step. */
  readonly gradientNorm: Size;
  /** ‖Δw‖ / ‖w‖ at the epoch's last step; about 1e-3 is healthy. */
  readonly updateRatio: Size;
}

/** A finished epoch: the means of its batches and of the validation set, and its speed. */
export interface EpochEvent extends Epoch<Evaluation, number> {
  readonly kind: "epoch";
  /** Steps per second of training in this epoch; with a solver, in the run so far. */
  readonly stepsPerSecond: number;
}

/** Where the target was first reached, as the evaluations after each epoch show it. */
export interface TargetReached {
  /** Steps taken until then. */
  readonly step: number;
  /** Seconds of training until then. */
  readonly seconds: number;
}

/** How a run ended; the last event. */
export interface EndEvent {
  readonly kind: "end";
  /** How the run ended, as a value. */
  readonly outcome: Outcome;
  /** Seconds of training, evaluations not counted. */
  readonly seconds: number;
  /** The mean over the test set. Cut off if the run was interrupted more than a second before its end. */
  readonly test: Evaluation;
  /** Where the target was first reached, if it was. */
  readonly target?: TargetReached;
  /** The epoch whose weights early stopping has restored; missing if they are the last ones. */
  readonly kept?: { readonly epoch: number; readonly steps: number };
}

/** An event of a run: each batch, each epoch, the end. */
export type TrainEvent = BatchEvent | EpochEvent | EndEvent;
