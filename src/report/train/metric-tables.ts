import type { ClassificationMetrics, ClassMetrics, TargetMetrics } from "../../metrics/index.ts";
import * as format from "../format.ts";
import { type Column, numberColumn, textColumn } from "../table.ts";

/** The tables of a net's metrics, for a terminal and a page. */

export const classColumns: readonly Column<ClassMetrics>[] = [
  textColumn("class", (each) => each.class),
  numberColumn("examples", ({ support }) => support, format.count),
  numberColumn("precision", ({ precision }) => precision, format.percent),
  numberColumn("recall", ({ recall }) => recall, format.percent),
  numberColumn("F1", ({ f1 }) => f1, format.rSquared),
];

export const targetColumns: readonly Column<TargetMetrics>[] = [
  textColumn("target", ({ name }) => name),
  numberColumn("RMSE", ({ rmse }) => rmse, format.loss),
  numberColumn("MAE", ({ mae }) => mae, format.loss),
  numberColumn("R²", ({ r2 }) => r2, format.rSquared),
  numberColumn("RMSE of the mean", ({ baseline }) => baseline.rmse, format.loss),
  numberColumn("MAE of the mean", ({ baseline }) => baseline.mae, format.loss),
];

/** Examples of one class that were taken for another. */
export interface Confusion {
  readonly actual: string;
  readonly predicted: string;
  readonly count: number;
  /** Examples of the actual class. */
  readonly support: number;
}

/** Every pair of classes that was confused, the most frequent first. */
export const confusions = ({ confusion, perClass }: ClassificationMetrics): Confusion[] =>
  confusion
    .flatMap((row, i) =>
      row.map((count, j) => ({ i, j, actual: perClass[i].class, predicted: perClass[j].class, count })),
    )
    .filter(({ i, j, count }) => i !== j && count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ i, actual, predicted, count }) => ({ actual, predicted, count, support: perClass[i].support }));

export const confusionColumns: readonly Column<Confusion>[] = [
  textColumn("class", ({ actual }) => actual),
  textColumn("taken for", ({ predicted }) => predicted),
  numberColumn("examples", ({ count }) => count, format.count),
  numberColumn("of its class", ({ count, support }) => count / support, format.percent),
];
