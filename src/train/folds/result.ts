import type { Metrics } from "../../metrics/index.ts";
import type { Outcome } from "../events.ts";

/**
 * The scores of a fold, on the examples that were held out: of a classification accuracy, macro F1 and, for two classes, the area under
 * the ROC curve; of a regression with one target its errors in its unit, and R²; and their baselines, always predicting the most
 * frequent class or the mean of the training rows. The loss is weighted if examples have weights, the others are not.
 */
export const scoreNames = ["loss", "accuracy", "f1", "rocAuc", "rmse", "mae", "r2", "baseline"] as const;

/** The name of a score. */
export type ScoreName = (typeof scoreNames)[number];

/** A fold: the net that was trained on all others, and how good it is on this one. */
export interface FoldResult {
  /** From 1. */
  readonly fold: number;
  /** Examples that were trained on, that early stopping watched (0 if nothing did), and that were held out. */
  readonly counts: readonly [train: number, watched: number, heldOut: number];
  /** Passes over the training rows. */
  readonly epochs: number;
  /** Steps taken. */
  readonly steps: number;
  /** How the training ended. */
  readonly outcome: Outcome;
  /** null where a score is not defined or not finite; those that the task does not have are missing. */
  readonly scores: Scores<number | null>;
}

/** A value for some of the scores. */
export type Scores<T> = { readonly [name in ScoreName]?: T };

/** The middle and the spread of a score over the folds. */
export interface FoldSpread {
  readonly mean: number;
  /** The sample standard deviation, √(Σ(x − mean)² / (folds − 1)). */
  readonly deviation: number;
}

/** A cross-validation as plain data, in which all numbers are finite. */
export interface CrossValidation {
  /** The data set's name. */
  readonly data: string;
  readonly task: "classification" | "regression";
  /** The names of the net of the first fold, of its loss and of the optimizer. */
  readonly model: string;
  readonly loss: string;
  readonly optimizer: string;
  /** The optimizer's hyper-parameters or a solver's settings, all that are plain data. Missing in folders of older versions, as are the next. */
  readonly hyper?: Readonly<Record<string, number | string>>;
  /** The schedule of the learning rate, in words; missing if there is none. */
  readonly schedule?: string;
  /** Examples in a batch. */
  readonly batchSize?: number | "full";
  /** The seed of the initial weights, the order of the examples and dropout. */
  readonly seed?: number;
  /** Rows in the folds, and those of a test set that stayed aside. */
  readonly rows: number;
  readonly aside: number;
  /** How many groups of rows were kept together; missing if none were. */
  readonly groups?: number;
  /** Folds that were asked for. */
  readonly planned: number;
  /** Those that were finished. */
  readonly folds: readonly FoldResult[];
  /** Of each score that every finished fold has; empty for fewer than two folds. */
  readonly scores: Scores<FoldSpread>;
  readonly outcome: "completed" | "interrupted";
  /** Seconds of training in all. */
  readonly seconds: number;
}

/** The scores of a fold, from its loss and what was measured on its predictions. */
export function scoresOf(loss: number, metrics: Metrics | undefined): Scores<number | null> {
  const finite = (value: number | null | undefined): number | null =>
    value !== null && value !== undefined && Number.isFinite(value) ? value : null;
  if (metrics === undefined) return { loss: finite(loss) };
  if (metrics.task === "classification") {
    const { accuracy, macro, rocAuc, baseline } = metrics;
    return {
      ...{ loss: finite(loss), accuracy: finite(accuracy), f1: finite(macro.f1) },
      ...(rocAuc !== undefined && { rocAuc: finite(rocAuc) }),
      baseline: finite(baseline.accuracy),
    };
  }
  const [target, ...more] = metrics.targets;
  if (target === undefined || more.length > 0) return { loss: finite(loss) };
  const { rmse, mae, r2, baseline } = target;
  return { loss: finite(loss), rmse: finite(rmse), mae: finite(mae), r2: finite(r2), baseline: finite(baseline.rmse) };
}

/** The middle and the spread of every score that all folds have. */
export function spreadOver(folds: readonly FoldResult[]): Scores<FoldSpread> {
  if (folds.length < 2) return {};
  const all = scoreNames.map((name) => {
    const values = folds.map(({ scores }) => scores[name]).filter((value) => typeof value === "number");
    return [name, values] as const;
  });
  return Object.fromEntries(
    all.filter(([, values]) => values.length === folds.length).map(([name, values]) => [name, spreadOf(values)]),
  );
}

function spreadOf(values: readonly number[]): FoldSpread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
