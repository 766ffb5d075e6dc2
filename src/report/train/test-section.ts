import { type Block, chart, details, prose, type Section, section } from "../../figure/index.ts";
import type { ClassificationMetrics, RegressionMetrics } from "../../metrics/index.ts";
import type { RunRecord } from "../../train/index.ts";
import { capital, several } from "../phrases.ts";
import { tableBlock } from "../table.ts";
import { calibrationFigure, calibrationWords } from "./calibration-figure.ts";
import { confusionFigure, confusionWords, MOST_CLASSES } from "./confusion-figure.ts";
import { classColumns, confusionColumns, confusions, targetColumns } from "./metric-tables.ts";
import { scoreWords } from "./metric-words.ts";
import { predictionFigure, predictionWords } from "./prediction-figure.ts";

/** What was measured on the test set; none where nothing was, as in folders of older versions. */
export function testSection({ metrics, predicted = [] }: RunRecord): Section[] {
  if (metrics === undefined) return [];
  const blocks = metrics.task === "classification" ? classBlocks(metrics) : valueBlocks(metrics, predicted);
  return [section("On the test set", blocks)];
}

function classBlocks(metrics: ClassificationMetrics): Block[] {
  const [confused, calibrated] = [confusionWords(metrics), calibrationWords(metrics)];
  const isSmall = metrics.perClass.length <= MOST_CLASSES;
  const scores = scoreWords(metrics).map((each) => `${capital(each)}.`);
  return [
    prose(scores.join(" ")),
    isSmall ? chart(confusionFigure(metrics, confused), confused) : confusedPairs(metrics),
    classTable(metrics),
    chart(calibrationFigure(metrics, calibrated), calibrated),
  ];
}

/** The most pairs of classes that a table shows. */
const PAIRS = 15;

/** In place of a matrix that is too large to read. */
function confusedPairs(metrics: ClassificationMetrics): Block {
  const rows = confusions(metrics);
  const shown = rows.slice(0, PAIRS);
  const caption = shown.length < rows.length ? `The ${PAIRS} most frequent of ${rows.length} confusions` : "Confusions";
  return tableBlock({ caption, columns: confusionColumns, rows: shown });
}

/** Longer tables are folded away. */
const OPEN = 12;

function classTable({ perClass }: ClassificationMetrics): Block {
  const table = tableBlock({ caption: "Precision, recall and F1 by class", columns: classColumns, rows: perClass });
  return perClass.length <= OPEN ? table : details(`Table of the ${several(perClass.length, "class")}`, [table]);
}

function valueBlocks(metrics: RegressionMetrics, predicted: NonNullable<RunRecord["predicted"]>): Block[] {
  const words = predictionWords(metrics, predicted);
  return [
    ...(metrics.targets.length > 1
      ? [tableBlock({ caption: "Errors in the unit of each target", columns: targetColumns, rows: metrics.targets })]
      : []),
    ...(predicted.length === 0 ? [] : [chart(predictionFigure(predicted, words), words)]),
  ];
}
